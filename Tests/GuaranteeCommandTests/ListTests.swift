import Foundation
import TestSupport
import Testing

@Suite("Lists as people want to see them")
struct ListTests {
  @Test("Columns are chosen and ordered in every format, those that the program adds too")
  func columns() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let list = ["report", "balances", "--columns", "balance,account", "--sort", "-balance", "--limit", "2"]
      #expect(
        try program.run(list + ["-O", "csv"]).output
          == "balance,account\n2109600.00,QINGDAO:bank:CNY\n1200000.00,QINGDAO:security_held:QD-2025-0101:CNY\n"
      )
      let json = try program.run(list + ["-O", "json"]).output
      #expect(json.contains(#"{"balance":"2109600.00","account":"QINGDAO:bank:CNY"}"#))
      #expect(try program.run(list + ["-O", "table"]).output.hasPrefix("     balance  account\n"))
      let todo = try program.output("todo", "--columns", "command,what", "-O", "csv")
      #expect(todo.hasPrefix("command,what\nguarantee "))
    }
  }

  @Test("Also of what is no report columns are chosen, and the steps and members are sorted and paged")
  func otherLists() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let next = ["dispute", "next", "QD-2025-0101", "-O", "csv"]
      let steps = try program.run(next).output.split(separator: "\n")
      #expect(steps.count > 4)
      let events = try program.run(next + ["--columns", "event", "--sort", "-event"]).output
      let names = steps.dropFirst().map { String($0.prefix { $0 != "," }) }
      #expect(events == (["event"] + names.sorted(by: >)).map { $0 + "\n" }.joined())
      // What may come next comes first, page by page as in the whole.
      let call = "guarantee dispute next QD-2025-0101 -O table --columns event,lot,guarantor,lacks"
      let whole = Self.rows(in: try program.shell(call))
      #expect(try Self.pages(program, call + " --limit 2") == whole && whole.count == steps.count - 1)
      #expect(try program.output("check", "--columns", "found", "-O", "csv") == "found\n")
      let members = try program.output("user", "list", "--columns", "role,login", "--limit", "3")
      #expect(members == "role,login\n")
    }
  }

  @Test("A page says how to go on, by a command that does, and only to people")
  func pages() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let whole = try program.output("report", "journal", "--sort", "-debit", "-O", "table")
      let lines = Self.rows(in: whole)
      let seen = try Self.pages(program, "guarantee report journal --sort -debit -O table --limit 25")
      #expect(seen == lines && lines.count > 50)
      let csv = try program.run(["report", "journal", "--limit", "2", "-O", "csv"])
      #expect(csv.errors.isEmpty && csv.output.split(separator: "\n").count == 3)
    }
  }

  /// The rows of all pages from a command on, each gone on from as the page before says.
  private static func pages(_ program: BuiltProgram, _ first: String) throws -> [String] {
    var command = first
    var seen: [String] = []
    while true {
      let page = try program.runShell(command)
      let rows = rows(in: page.output)
      #expect(page.exitCode == 0 && !rows.isEmpty && rows.count <= 25, "\(command): \(page.errors)")
      seen += rows
      guard !rows.isEmpty, let next = page.errors.firstRange(of: "There is more: ") else { return seen }
      command = page.errors[next.upperBound...].trimmingCharacters(in: .newlines)
    }
  }

  /// The cells of a table's rows, whatever its columns' widths.
  private static func rows(in table: String) -> [String] {
    table.split(separator: "\n").dropFirst(2).map { line in
      line.split(separator: " ").joined(separator: " ")
    }
  }

  private static let mistakes = [
    "report balances --columns account,balanse",
    "report balances --sort -balanse",
    "report disputes --columns stage,stage",
    "report disputes --sort ,",
    "report disputes --after a,b",
    "report seals --office QINGDAO",
    "report trial-balance --stage decided",
    "report disputes --due-within soon",
    "report disputes --since yesterday",
    "report disputes --sort -cover --offise QINGDAO",
    "due --ics due.ics --columns what",
    "check --columns subjct",
    "dispute next QD-2025-0101 --columns event,lack",
    "user list --sort logn",
    "bank match --columns match,reson",
    "verify nowhere --columns fil",
    "todo --watch",
  ]

  @Test("What a list does not have is wrong usage, in either language", arguments: ["en", "zh-Hans"])
  func mistakes(_ language: String) async throws {
    try await withLedger(StartingLedger.decided) { program in
      try program.expectMisuse(Self.mistakes, in: language, is: "list-usage.txt")
    }
  }

  @Test(
    "The work list stays on a terminal, is drawn anew when something is recorded, and ^C ends it in order")
  func watched() async throws {
    try await TemporaryServer.shared.withDatabase(template: StartingLedger.decided) { url in
      let program = BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": url])
      let folder = try TemporaryFolder()
      let terminal = try TypedTerminal(
        "bash --norc --noprofile",
        environment: [
          "HOME": folder.path, "GUARANTEE_DATABASE_URL": url, "TERM": "xterm", "NO_COLOR": "1",
          "PATH": (BuiltProgram.path as NSString).deletingLastPathComponent + ":/usr/bin:/bin",
        ])
      terminal.type("stty rows 24; guarantee todo --watch; echo ended with $?\n")
      try await terminal.shows("What waits, at ")
      try await terminal.shows("payable_right_holder")
      #expect(!terminal.text.contains("call_receivable") && terminal.written.contains("\u{1B}[?1049h"))
      try await blocking {
        _ = try program.output(
          "counter-guarantee", "call", "--dispute", "QD-2025-0101", "--guarantor", "JIAOZHOU-INSURANCE",
          "--amount", "200000.00", "--reference", "call 1")
      }
      try await terminal.shows("call_receivable")
      #expect(!terminal.written.contains("\u{1B}[?1049l"))
      terminal.type("\u{3}")
      try await terminal.shows("ended with 0")
      #expect(terminal.written.contains("\u{1B}[?25h\u{1B}[?1049l"))
      terminal.end()
    }
  }
}
