import GuaranteeLedger

/// The rows of a report, to be added up for a chart.
struct PageRows {
  private let columns: [String]
  let rows: [[String?]]

  init(_ collected: CollectedRows) { self.init(collected.columns.map(\.name), collected.rows) }

  private init(_ columns: [String], _ rows: [[String?]]) {
    (self.columns, self.rows) = (columns, rows)
  }

  func text(_ row: [String?], _ column: String) -> String {
    columns.firstIndex(of: column).flatMap { row[$0] } ?? ""
  }

  /// `nil` where there is none.
  func money(_ row: [String?], _ column: String) -> Money? {
    Money(text(row, column), Currency(rawValue: text(row, "currency")))
  }

  /// The rows with certain values in a column.
  func having(_ column: String, _ isIncluded: (String) -> Bool) -> PageRows {
    PageRows(columns, rows.filter { isIncluded(text($0, column)) })
  }

  /// The rows that begin alike in a column, in the order in which each value comes first.
  func grouped(by column: String, length: Int = .max) -> [(value: String, rows: PageRows)] {
    var values: [String] = []
    var groups: [String: [[String?]]] = [:]
    for row in rows {
      let value = String(text(row, column).prefix(length))
      if groups[value] == nil { values.append(value) }
      groups[value, default: []].append(row)
    }
    return values.map { ($0, PageRows(columns, groups[$0] ?? [])) }
  }

  /// What a column comes to, of rows in one currency; `nil` without any amount.
  func sum(of column: String) throws -> Money? { try rows.compactMap { money($0, column) }.sum }
}

extension [Money] {
  /// `nil` of none.
  var sum: Money? {
    get throws { try first.map { try dropFirst().reduce($0) { try $0 + $1 } } }
  }
}

extension Money {
  /// The number for people.
  var shown: String { NumberGrouping.grouped(text) }
}
