import GuaranteeLedger
import ReferenceLedger
import TestSupport
import Testing

@Suite("Statements of periods")
struct StatementTests {
  /// A line of a statement: when, what by which key or which balance, on which account, and what it had then.
  private struct Line: Equatable, CustomStringConvertible {
    let on: String
    let key: String
    let event: String
    let account: String
    let amounts: String
    let balance: String

    var description: String { "\(on) \(key) \(event) \(account) \(amounts) \(balance)" }
  }

  private func lines(
    of subject: [ReportFilter: String], _ rows: RowSelection = RowSelection(), in ledger: Ledger
  ) async throws -> (lines: [Line], place: String?) {
    var lines: [Line] = []
    let place = try await ledger.report(
      .statement, where: subject, rows: rows, columns: { _ in },
      row: { row in
        let text = row.map { $0 ?? "" }
        lines.append(
          Line(
            on: text[0], key: text[1], event: text[2], account: text[3], amounts: "\(text[5]) \(text[6])",
            balance: text[7]))
      })
    return (lines, place)
  }

  /// What the statement of a period must be, by the whole statement: each account's last balance before the period, what lies
  /// within, and each account's last balance in the end.
  private func period(of whole: [Line], from: String?, to: String?, today: String) -> [Line] {
    let through = whole.filter { line in to.map { line.on <= $0 } ?? true }
    func edge(_ on: String, _ event: String, before day: String?) -> [Line] {
      Set(through.map(\.account)).sorted().map { account in
        let last = through.last { line in line.account == account && (day.map { line.on < $0 } ?? true) }
        let zero = account.hasSuffix(":JPY") ? "0" : "0.00"
        return Line(
          on: on, key: "", event: event, account: account, amounts: " ", balance: last?.balance ?? zero)
      }
    }
    return (from.map { edge($0, "opening_balance", before: $0) } ?? [])
      + through.filter { line in from.map { line.on >= $0 } ?? true }
      + edge(to ?? today, "closing_balance", before: nil)
  }

  @Test(
    "A period's statement, whole and by pages, is what the whole statement says of it",
    arguments: [20_261_127, 4])
  func periods(seed: UInt64) async throws {
    try await withLedger { ledger in
      let today = try await ledger.today()
      var stream = EventStream(seed: seed, rules: try .ofThisPackage(), today: today)
      for _ in 0..<2 { _ = try await ledger.record((0..<300).map { _ in stream.next().fields }) }
      var random = SplitMix64(seed: seed)
      // An account with so many entries that they are read by date, and in which late entries are dated early.
      let deposits = (0..<250).map { number in
        Scene.funds(key: "deposit \(number)", "\(number + 1).00").merging(["on": day(&random)]) { $1 }
      }
      let results = try await ledger.record(Scene.opening + deposits)
      #expect(results.suffix(250) == Array(repeating: "recorded", count: 250), "\(Set(results))")
      for subject in try await subjects(in: ledger) {
        let whole = try await lines(of: subject, in: ledger.ledger).lines
        let days = Set(whole.map(\.on)).sorted()
        for _ in 0..<2 where !days.isEmpty {
          let ends = [days[random.below(days.count)], days[random.below(days.count)]].sorted()
          for (from, to) in [(ends[0], ends[1]), (ends[0], nil), (nil, ends[1])] as [(String?, String?)] {
            var asked = subject
            asked[.from] = from
            asked[.to] = to
            let expected = period(of: whole, from: from, to: to, today: today.description)
            let found = try await lines(of: asked, in: ledger.ledger).lines
            #expect(found == expected, "seed \(seed), \(asked)")
            let paged = try await pages(of: random.within(9...60), asked, in: ledger.ledger)
            #expect(paged == expected, "seed \(seed), \(asked), by pages")
          }
        }
        let paged = try await pages(of: random.within(9...60), subject, in: ledger.ledger)
        #expect(paged == whole, "seed \(seed), \(subject), by pages")
      }
    }
  }

  private func day(_ random: inout SplitMix64) -> String {
    "2025-0\(random.within(4...6))-\(random.within(10...29))"
  }

  /// The longest account, the longest of a guarantor, its guarantor, and a dispute.
  private func subjects(in ledger: TestLedger) async throws -> [[ReportFilter: String]] {
    func longest(_ what: String, where condition: String) async throws -> String {
      try #require(
        try await ledger.value(
          "select \(what) from guarantee.account where \(condition) order by version desc, name limit 1"
        ))
    }
    return [
      [.account: try await longest("name", where: "true")],
      [.account: try await longest("name", where: "guarantor <> ''")],
      [.guarantor: try await longest("guarantor", where: "guarantor <> ''")],
      [.dispute: try await longest("dispute", where: "dispute <> ''")],
    ]
  }

  private func pages(
    of size: Int, _ subject: [ReportFilter: String], in ledger: Ledger
  ) async throws -> [Line] {
    var selection = RowSelection(limit: size)
    var all: [Line] = []
    repeat {
      let page = try await lines(of: subject, selection, in: ledger)
      all += page.lines
      selection.after = page.place
    } while selection.after != nil
    return all
  }
}
