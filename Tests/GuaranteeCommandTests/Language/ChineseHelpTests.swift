import ArgumentParser
import Testing

@testable import GuaranteeCommand

@Suite("Help in Chinese")
struct ChineseHelpTests {
  private static func help(of command: any ParsableCommand.Type, columns: Int = 80) -> String {
    Language.$current.withValue(.chinese) {
      HelpText.shown(columns: columns) { Guarantee.helpMessage(for: command, columns: $0) }
    }
  }

  @Test(
    "No command's help has an English word in it, but codes, options and names", arguments: HelpTests.commands
  )
  func words(_ command: HelpTests.Named) {
    for line in Self.help(of: command.type).split(separator: "\n") where !Self.isToBeTyped(line) {
      let words = Self.words(in: line).filter { !Self.names.contains($0) && !Self.codes.contains($0) }
      #expect(words.isEmpty, "\(line)")
    }
  }

  @Test("Lines fit 80 columns, but for what is to be typed", arguments: HelpTests.commands)
  func width(_ command: HelpTests.Named) {
    for line in Self.help(of: command.type).split(separator: "\n") where !line.contains("guarantee ") {
      #expect(DisplayWidth.of(String(line)) <= 80 || !line.contains(" "), "\(line)")
    }
  }

  @Test("No line begins with a mark that can't begin one")
  func marks() {
    for command in HelpTests.commands {
      for line in Self.help(of: command.type, columns: 60).split(separator: "\n") {
        let first = line.first { $0 != " " }
        #expect(first.map { !"，。、；：？！）”》".contains($0) } ?? true, "\(line)")
      }
    }
  }

  @Test(
    "The help that a clerk sees first reads well",
    arguments: [
      [], ["record"], ["report"], ["report", "statement"], ["dispute"], ["dispute", "open"], ["status"],
      ["demo"],
      ["follow"], ["export"], ["verify"], ["bank", "import"], ["bank", "match"],
      ["report", "reconciliation"],
      ["todo"], ["user", "add"], ["approve"],
    ])
  func goldens(_ words: [String]) throws {
    let command = try #require(HelpTests.commands.first { $0.words == words })
    try Golden.expect(
      Self.help(of: command.type) + "\n", is: "chinese/help\(words.map { "-" + $0 }.joined()).txt")
  }

  @Test("The rules are explained in Chinese by their codes")
  func explained() throws {
    let program = BuiltProgram(environment: ["LC_ALL": "zh_CN.UTF-8"])
    try Golden.expect(
      try program.output("help", "refusal", "cover_short", "deadline_passed"), is: "chinese/help-refusal.txt")
    try Golden.expect(
      try program.output("help", "event", "draw", "open_dispute", "decide"), is: "chinese/help-event.txt")
    Language.$current.withValue(.chinese) {
      for page in GeneratedPages.events + GeneratedPages.refusals {
        for line in page.text.split(separator: "\n") {
          let words = Self.words(in: line).filter { !Self.names.contains($0) && !Self.codes.contains($0) }
          #expect(words.isEmpty || line.contains("guarantee "), "\(page.code): \(line): \(words)")
        }
      }
    }
  }

  /// A line that shows what is typed, or goes on with it.
  private static func isToBeTyped(_ line: Substring) -> Bool {
    line.contains(/guarantee [a-z-]/) || line.hasPrefix("    --") || line.hasPrefix("  printf")
      || line.hasPrefix("  {\"") || line.hasPrefix("   \"")
  }

  /// Words in small letters; options, names of values, and what joins letters by `_`, `.` or `/` are codes.
  private static func words(in line: Substring) -> [String] {
    line.replacing(/\{[a-z]+\}/, with: "").split { " 　，。、；：？！（）“”《》…=()|'—".contains($0) }.map(String.init)
      .filter {
        $0.contains(/^[A-Za-z][a-z]+,?$/)
      }.map { $0.hasSuffix(",") ? String($0.dropLast()) : $0 }
  }

  /// Names of programs, forms and products.
  private static let names: Set<String> = [
    "guarantee", "psql", "CSV", "Lines", "Audit", "postgresql", "json", "jq", "less", "letters",
  ]

  /// What people type: names of commands, values and columns.
  private static let codes: Set<String> = {
    var codes: Set<String> = [
      "cash", "letter", "policy", "invention", "design", "trademark", "copyright", "infringing", "settled",
      "true",
      "false", "consignor", "guarantor", "clerk", "approver", "auditor", "table", "csv", "en", "ads",
      "proposed",
      "matched", "confirmed", "unmatched", "recorded", "pending", "replayed", "message", "key", "on",
      "result",
      "bank", "suspense", "unidentified", "short", "over", "duplicate", "reversed", "position", "seal",
      "database", "name",
    ]
    for command in HelpTests.commands {
      codes.formUnion(command.words)
      if let event = command.type as? any EventCommand.Type {
        codes.insert(event.eventName)
        for flag in event.flags { codes.insert(flag.field) }
      }
    }
    for page in GeneratedPages.refusals { codes.insert(page.code) }
    return codes
  }()
}
