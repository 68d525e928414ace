import GuaranteeLedger
import Testing

@Suite("Rows that are chosen, sorted and read by pages")
struct SelectionTests {
  /// The rows of a reading as they come.
  private final class Collector {
    var columns: [ReportColumn] = []
    var rows: [[String?]] = []

    func values(of column: String) -> [String] {
      guard let index = columns.firstIndex(where: { $0.name == column }) else { return [] }
      return rows.map { $0[index] ?? "" }
    }
  }

  /// Everything that can be read by pages.
  private static let lists =
    Report.allCases.map(\.rawValue) + ["period statement", "due", "todo", "find", "history"]

  /// Reads rows of a list, and gives where the page ended.
  private func read(
    _ list: String, _ ledger: Ledger, _ rows: RowSelection, _ found: Collector
  ) async throws -> String? {
    let columns: ([ReportColumn]) -> Void = { found.columns = $0 }
    let row: ([String?]) -> Void = { found.rows.append($0) }
    switch list {
    case "due": return try await ledger.due(within: 3000, rows: rows, columns: columns, row: row)
    case "todo":
      return try await ledger.todo(office: nil, within: 1000, rows: rows, columns: columns, row: row)
    case "find": return try await ledger.find("a", rows: rows, columns: columns, row: row)
    case "history":
      return try await ledger.history(of: "QD-2025-0101", rows: rows, columns: columns, row: row)
    default:
      let filters: [ReportFilter: String] =
        switch list {
        case "statement": [.guarantor: "LUSHANG-GUARANTEE"]
        case "period statement": [.guarantor: "LUSHANG-GUARANTEE", .from: "2025-02-01"]
        case "trial-balance": [.totals: "true"]
        default: [:]
        }
      let report = try #require(Report(rawValue: list == "period statement" ? "statement" : list))
      return try await ledger.report(report, where: filters, rows: rows, columns: columns, row: row)
    }
  }

  private func pages(
    of size: Int, _ selection: RowSelection, _ list: String, in ledger: Ledger
  ) async throws -> [[String?]] {
    let found = Collector()
    var selection = selection
    selection.limit = size
    repeat {
      let before = found.rows.count
      selection.after = try await read(list, ledger, selection, found)
      guard found.rows.count == before + size || selection.after == nil else { return [] }
    } while selection.after != nil
    return found.rows
  }

  @Test("Pages give each row once, in the order of the whole, for every list")
  func pages() async throws {
    try await withToldLedger { ledger in
      for name in Self.lists {
        let whole = Collector()
        _ = try await read(name, ledger, RowSelection(), whole)
        for size in [1, 4] where whole.rows.count < 40 || size > 1 {
          let paged = try await pages(of: size, RowSelection(), name, in: ledger)
          #expect(paged == whole.rows, "\(name) by \(size)")
        }
      }
    }
  }

  @Test("Every column of every list can be sorted by, either way, and then read by pages")
  func sorted() async throws {
    try await withToldLedger { ledger in
      for name in Self.lists {
        let whole = Collector()
        _ = try await read(name, ledger, RowSelection(), whole)
        for (index, column) in whole.columns.enumerated() {
          var selection = RowSelection()
          selection.sort = [.init(column: column.name, isDescending: index % 2 == 0)]
          let sorted = Collector()
          _ = try await read(name, ledger, selection, sorted)
          #expect(Set(sorted.rows) == Set(whole.rows) && sorted.rows.count == whole.rows.count, "\(name)")
          let afterFirstEmpty = sorted.values(of: column.name).drop { !$0.isEmpty }
          #expect(
            afterFirstEmpty.allSatisfy { $0.isEmpty }, "\(name) by \(column.name): empty cells come last")
          let size = max(3, whole.rows.count / 3)
          let paged = try await pages(of: size, selection, name, in: ledger)
          #expect(paged == sorted.rows, "\(name) by \(column.name)")
        }
      }
    }
  }

  @Test("Amounts are sorted as numbers, days as days, and urgencies by how urgent they are")
  func typed() async throws {
    try await withToldLedger { ledger in
      func values(_ list: String, _ column: String, descending: Bool = false) async throws -> [String] {
        var selection = RowSelection()
        selection.sort = [.init(column: column, isDescending: descending)]
        let found = Collector()
        _ = try await read(list, ledger, selection, found)
        return found.values(of: column)
      }
      let amounts = try await values("balances", "balance", descending: true).compactMap { text in
        Int(text.split(separator: ".").joined())
      }
      #expect(amounts == amounts.sorted(by: >) && Set(amounts.map { String($0).count }).count > 1)
      let days = try await values("deadlines", "due_on").filter { !$0.isEmpty }
      #expect(days == days.sorted() && Set(days).count > 1)
      let urgencies = try await values("todo", "urgency", descending: true)
      let ranks = urgencies.compactMap { ["overdue", "urgent", "soon", "waiting"].firstIndex(of: $0) }
      #expect(ranks == ranks.sorted(by: >) && Set(ranks).count > 1 && ranks.count == urgencies.count)
    }
  }

  @Test("Rows recorded meanwhile make none come twice or not at all")
  func meanwhile() async throws {
    try await withToldLedger { ledger in
      let name = "exposure"
      let first = Collector()
      let place = try await read(name, ledger, RowSelection(limit: 1), first)
      let on = try #require(LedgerDate("2025-03-04"))
      let early = RegisterParty(key: "N-1", on: on, party: "A-BANK", kind: .guarantor)
      let grant = GrantFacility(
        key: "N-2", on: on, office: "HARBIN", guarantor: "A-BANK", amount: try #require(Amount("1.00")),
        currency: .cny)
      for event in [early, grant] as [any LedgerEvent] {
        #expect(try await ledger.record(event).refusal == nil)
      }
      var rest = RowSelection()
      rest.after = place
      let second = Collector()
      _ = try await read(name, ledger, rest, second)
      let whole = Collector()
      _ = try await read(name, ledger, RowSelection(), whole)
      let seen = first.rows + second.rows
      #expect(seen.count == Set(seen).count && whole.rows.filter { $0[1] != "A-BANK" } == seen)
    }
  }

  @Test("Filters take what has it by a column, by an argument, or by its dispute")
  func filters() async throws {
    try await withToldLedger { ledger in
      func rows(_ list: String, _ filters: [RowFilter: String]) async throws -> Collector {
        var selection = RowSelection()
        selection.filters = filters
        let found = Collector()
        _ = try await read(list, ledger, selection, found)
        return found
      }
      #expect(Set(try await rows("balances", [.office: "HARBIN"]).values(of: "office")) == ["HARBIN"])
      #expect(Set(try await rows("due", [.guarantor: "BANK"]).values(of: "guarantor")) == ["BANK"])
      #expect(Set(try await rows("lots", [.guarantor: "BANK"]).values(of: "dispute")) == ["H"])
      let stages = try await rows("disputes", [:]).values(of: "stage")
      let stage = try #require(stages.first)
      let some = try await rows("lots", [.stage: stage]).values(of: "dispute")
      let wanted = try await rows("disputes", [.stage: stage]).values(of: "dispute")
      #expect(!some.isEmpty && Set(some).isSubset(of: wanted))
      let days = try await rows("journal", [.since: "2025-06-01"]).values(of: "on")
      #expect(!days.isEmpty && days.allSatisfy { $0 >= "2025-06-01" })
      #expect(try await rows("disputes", [.dueWithin: "36500"]).rows.count > 0)
      #expect(try await rows("journal", [.office: "' or true --"]).rows.isEmpty)
      for (list, filter) in [("trial-balance", RowFilter.stage), ("seals", .office), ("cover", .guarantor)] {
        await #expect(throws: SelectionMistake.self) { try await rows(list, [filter: "X"]) }
      }
    }
  }

  @Test(
    "Every filter narrows every list that has what it is about, and all of them do at once",
    arguments: [nil, "2025-06-30"])
  func everyFilter(asOf day: String?) async throws {
    try await withToldLedger { told in
      let ledger = try day.map { told.asOf(try #require(LedgerDate($0))) } ?? told
      let some: [RowFilter: String] = [
        .office: "QINGDAO", .stage: "decided", .guarantor: "LUSHANG-GUARANTEE", .currency: "CNY",
        .since: "2025-02-01",
        .dueWithin: "3000",
      ]
      var narrowed = 0
      for name in Self.lists {
        let whole = Collector()
        _ = try await read(name, ledger, RowSelection(), whole)
        var possible: [RowFilter: String] = [:]
        for (filter, value) in some {
          var selection = RowSelection(limit: 1000)
          selection.filters = [filter: value]
          let found = Collector()
          do {
            _ = try await read(name, ledger, selection, found)
          } catch is SelectionMistake {
            continue
          }
          possible[filter] = value
          // A report that adds up adds up less; others leave rows out.
          #expect(found.rows.count <= whole.rows.count, "\(name) by \(filter)")
          if found.rows.count < whole.rows.count { narrowed += 1 }
        }
        var selection = RowSelection(limit: 1000)
        selection.filters = possible
        _ = try await read(name, ledger, selection, Collector())
      }
      #expect(narrowed > 20)
    }
  }

  @Test("What can't be sorted by, or is no place, is said and not tried")
  func mistakes() async throws {
    try await withToldLedger { ledger in
      let name = "deadlines"
      for place in ["", "x", "D,sue_by,2025-02-30,,", "\"", "a,b,c,d,e,f", "D,sue_by,2025-02-12,2025-02-13"] {
        var selection = RowSelection()
        selection.after = place
        await #expect(throws: SelectionMistake.self, "\(place)") {
          try await read(name, ledger, selection, Collector())
        }
      }
      var selection = RowSelection()
      selection.sort = [.init(column: "due_on\" desc --")]
      await #expect(throws: SelectionMistake.self) { try await read(name, ledger, selection, Collector()) }
    }
  }
}
