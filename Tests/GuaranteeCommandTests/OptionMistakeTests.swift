import ArgumentParser
import Testing

@testable import GuaranteeCommand

@Suite("Mistyped options")
struct OptionMistakeTests {
  private static let command = CommandOptions(of: DisputesReport.self)

  private static func mistake(_ line: String, of command: CommandOptions = command) -> String? {
    OptionMistake.find(in: line.split(separator: " ").map(String.init), of: command)?.message.text
  }

  @Test("The options of a command are known with what they take")
  func known() {
    #expect(Self.command.option("--office")?.takesValue == true)
    #expect(Self.command.option("--excel")?.takesValue == false)
    #expect(Self.command.option("-O")?.values == ["table", "csv", "json"])
    #expect(!Self.command.hasArguments && Self.command.required.isEmpty)
    let record = CommandOptions(of: RecordCommand.self)
    #expect(record.hasArguments && record.required == ["<file>"])
    #expect(record.option("--each")?.takesValue == false)
  }

  @Test("An option that may be given several times is no mistake")
  func repeatable() {
    #expect(CommandOptions(of: FollowCommand.self).repeatable == ["--office"])
    #expect(Self.command.repeatable == [] && CommandOptions(of: RecordCommand.self).repeatable == [])
    let twice = ["--office", "A", "--after", "x", "--office", "B"]
    #expect(OptionMistake.repeated(in: twice, except: { ["--office"] }) == nil)
    #expect(OptionMistake.repeated(in: twice + ["--after", "y"], except: { ["--office"] }) != nil)
  }

  @Test(
    "An unknown option is named with the one that may be meant",
    arguments: [
      ("--ofice A", "--ofice", "--office"), ("-office A", "-office", "--office"),
      ("—office A", "—office", "--office"), ("--office A --stag x", "--stag", "--stage"),
      ("--Office=A", "--Office", "--office"),
    ])
  func unknown(_ mistake: (line: String, named: String, meant: String)) {
    #expect(
      Self.mistake(mistake.line) == "Unknown option '\(mistake.named)'. Did you mean '\(mistake.meant)'?")
  }

  @Test("Values are asked for where they are missing, and looked at where they are known")
  func values() {
    #expect(Self.mistake("--office") == "--office needs a value behind it.")
    #expect(Self.mistake("--office --stage x") == "--office needs a value behind it.")
    #expect(Self.mistake("--office -5")?.hasSuffix("is written '--office=-5'.") == true)
    #expect(Self.mistake("-O tabel") == "-O does not take 'tabel'. Did you mean 'table'?")
    #expect(Self.mistake("-Oxyzzy") == "-O does not take 'xyzzy'. It is one of table, csv, json.")
    #expect(Self.mistake("--office A -O csv --excel") == nil)
  }

  @Test("A word that belongs to nothing is named, unless it may hold a password")
  func stray() {
    #expect(Self.mistake("QINGDAO") == "It is not clear what 'QINGDAO' is for: take it out.")
    #expect(Self.mistake("postgres://u:secret@h/d")?.contains("secret") == false)
  }

  @Test("An option that is given twice is refused, before one of its values is lost")
  func repeated() {
    #expect(
      OptionMistake.repeated(in: ["--office", "A", "--office=B"], except: { [] })?.message.text
        == "--office is given twice: give it once.")
    #expect(OptionMistake.repeated(in: ["--office", "A", "--", "--office", "B"], except: { [] }) == nil)
  }

  @Test("Where the ledger is and how to print may be said before the command")
  func order() {
    func arranged(_ line: String) -> String {
      NamedCommand(in: line.split(separator: " ").map(String.init), below: Guarantee.self).arguments
        .joined(separator: " ")
    }
    #expect(arranged("--database X status") == "status --database X")
    #expect(
      arranged("-O csv report --data-dir=D balances --office A")
        == "report balances -O csv --data-dir=D --office A")
    #expect(arranged("-Ojson --excel check") == "check -Ojson --excel")
    #expect(arranged("--database X") == "")
    #expect(arranged("--database X --help") == "--help")
    #expect(arranged("--database") == "")
    #expect(arranged("report balances --database X") == "report balances --database X")
    #expect(arranged("--database status status") == "status --database status")
  }
}
