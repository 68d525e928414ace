import Foundation
import Testing

@Suite("Reports of other times")
struct PastReportTests {
  private static let calls = [
    ["report", "balances", "--zero"], ["report", "trial-balance"], ["report", "exposure"],
    ["report", "disputes"], ["report", "lots"], ["report", "deadlines"], ["report", "ageing"],
    ["report", "statement", "--account", "QINGDAO:bank:CNY"], ["report", "journal"],
    ["report", "statement", "--dispute", "QD-2025-0101", "--from", "2025-03-01"], ["report", "late-entries"],
    ["report", "movements", "--from", "2025-06-01"], ["report", "flows"], ["report", "cover"],
    ["report", "commitments"],
    ["report", "segregation"], ["report", "unclaimed"],
    ["report", "recourse"], ["report", "closing"], ["report", "closings"], ["dispute", "list"],
    ["dispute", "show", "QD-2025-0101", "-O", "json"],
    ["dispute", "history", "QD-2025-0101"], ["due", "--within", "400"],
  ]

  /// The time by this machine's clock, which is the tests' server's too.
  static func now() -> String {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    return formatter.string(from: Date())
  }

  @Test("What a report said at a time, it says again for that time")
  func knownAt() async throws {
    try await withLedger(StartingLedger.examples) { program in
      func output(_ call: [String], _ more: [String] = []) throws -> String {
        let run = try program.run(call + more)
        #expect(run.exitCode == 0, "\(call): \(run.errors)")
        return run.output
      }
      let before = try Self.calls.map { try output($0) }
      let time = Self.now()
      let funds = [
        "funds", "receive", "--office", "QINGDAO", "--guarantor", "LUSHANG-GUARANTEE", "--amount", "5",
        "--currency", "CNY", "--reference", "late", "--on", "2025-06-02",
      ]
      _ = try output(funds)
      _ = try output([
        "calendar", "set", "--day", "2025-02-19", "--working-day", "false", "--on", "2025-01-05",
      ])
      for (call, text) in zip(Self.calls, before) {
        let again = try output(call, ["--known-at", time])
        #expect(again == text, "\(call)")
      }
      let bank = ["report", "balances", "--office", "QINGDAO"]
      #expect(try output(bank) != (try output(bank, ["--known-at", time])))
      #expect(try output(["report", "late-entries"]).contains(",receive_funds,QINGDAO:bank:CNY,5.00,,"))
    }
  }

  @Test("The books of a day have what bears its date or an earlier one")
  func asOf() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let history = try program.output("dispute", "history", "QD-2025-0101", "--as-of", "2025-02-07")
      #expect(history.contains(",request_release,") && !history.contains(",lodge_counter_guarantee,"))
      let run = try program.run(["dispute", "show", "QD-2025-0101", "--as-of", "2025-01-31"])
      #expect(
        run.exitCode == 1 && run.errors.hasPrefix("guarantee: There was no dispute 'QD-2025-0101' then"))
      let shown = try program.output(
        "dispute", "show", "QD-2025-0101", "--as-of", "2025-03-10", "-O", "table")
      #expect(shown.contains("litigating"))
    }
  }

  @Test("The bank's balance is what everybody is owed, on every day of the story")
  func segregation() async throws {
    try await withLedger(StartingLedger.examples) { program in
      for day in ["2025-01-10", "2025-02-13", "2025-11-04", "2026-08-24"] {
        let lines = try program.output("report", "segregation", "--as-of", day).split(separator: "\n")
        #expect(lines.count >= 4 && lines.contains("QINGDAO,CNY,difference,,,,,0.00"), "\(day)")
      }
    }
  }

  @Test("A trial balance proves itself by its totals, and a dispute is told whole in one document")
  func whole() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let plain = try program.output("report", "trial-balance").split(separator: "\n")
      let proved = try program.output("report", "trial-balance", "--totals").split(separator: "\n")
      let totals = proved.filter { $0.hasPrefix("QINGDAO,total,CNY,") }
      #expect(proved.filter { !totals.contains($0) } == plain && totals.count == 2)
      for total in totals {
        let cells = total.split(separator: ",")
        #expect(cells[3] == cells[4])
      }
      let told = try program.output("dispute", "show", "QD-2025-0102", "--whole", "-O", "json")
      let parts = try #require(
        try JSONSerialization.jsonObject(with: Data(told.utf8)) as? [String: [[String: Any]]])
      #expect(
        parts.keys.sorted() == [
          "balances", "commitments", "deadlines", "disputes", "history", "lots", "statement",
        ]
          && parts["history"]?.isEmpty == false && parts["statement"]?.isEmpty == false)
    }
  }

  @Test("The statement of a period begins with what there was and ends with what there is")
  func period() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let account = ["report", "statement", "--account", "QINGDAO:bank:CNY"]
      let whole = try program.run(account).output.split(separator: "\n").dropFirst()
      let lines = try program.run(account + ["--from", "2025-02-01", "--to", "2025-06-30"]).output
        .split(separator: "\n").dropFirst()
      let inside = whole.filter { "2025-02-01" <= $0.prefix(10) && $0.prefix(10) <= "2025-06-30" }
      #expect(Array(lines.dropFirst().dropLast()) == inside && !inside.isEmpty)
      func balance(_ line: Substring?) -> Substring? { line?.split(separator: ",").last }
      let opening = whole.last { $0.prefix(10) < "2025-02-01" }
      #expect(lines.first?.hasPrefix("2025-02-01,,opening_balance,QINGDAO:bank:CNY,") == true)
      #expect(balance(lines.first) == balance(opening))
      #expect(lines.last?.hasPrefix("2025-06-30,,closing_balance,QINGDAO:bank:CNY,") == true)
      #expect(balance(lines.last) == balance(inside.last))
    }
  }

  @Test(
    "A time that is none, or has not come, is wrong usage",
    arguments: [
      (["--as-of", "2999-01-01"], "The day 2999-01-01 has not come yet."),
      (["--known-at", "2999-01-01T00:00Z"], "The time 2999-01-01T00:00:00Z has not come yet."),
      (["--as-of", "2025-02-30"], "--as-of takes a date as YYYY-MM-DD: '2025-02-30' is none."),
      (["--known-at", "yesterday"], "--known-at takes a date and a time"),
    ])
  func wrong(_ options: [String], _ message: String) async throws {
    try await withLedger { program in
      let run = try program.run(["report", "lots"] + options)
      #expect(run.exitCode == 64 && run.output.isEmpty && run.errors.contains(message), "\(run.errors)")
    }
  }

  @Test("A period that ends before it begins is wrong usage")
  func wrongPeriod() async throws {
    try await withLedger { program in
      let run = try program.run(["report", "journal", "--from", "2025-02-02", "--to", "2025-02-01"])
      #expect(run.exitCode == 64 && run.errors.contains("2025-02-02 lies after 2025-02-01"), "\(run.errors)")
    }
  }
}
