import PostgresClient

/// Readings as the command line prints them: whatever columns the database gives, as text.
extension Ledger {
  /// Reads a report row by row in constant memory.
  ///
  /// - Parameters:
  ///   - filters: What to narrow the rows to; those that the report does not have count for nothing.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - columns: Called once, before any row, and also when there is none.
  ///   - row: Called for each row with a value for each column; `nil` where there is none. No other call may
  ///     be made on the ledger from inside it.
  /// - Throws: `LedgerError`, or what `columns` and `row` throw.
  package func report(
    _ report: Report, where filters: [ReportFilter: String] = [:], limit: Int? = nil,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    var reading = Reading(report.function(where: filters))
    for filter in report.filters { reading.narrow(filter.rawValue, to: filters[filter]) }
    try await read(reading.page(after: [], limit: limit), columns: columns, row: row)
  }

  /// Reads what runs out, falls due or is expected within so many days.
  package func due(
    within days: Int, office: String? = nil, limit: Int? = nil,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    let reading = Reading("due", ["within": String(days), "office": office])
    try await read(reading.page(after: [], limit: limit), columns: columns, row: row)
  }

  /// Reads what waits for the office's staff, the most pressing first.
  package func todo(
    office: String?, within days: Int, limit: Int?,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    let reading = Reading("todo", ["office": office, "within": String(days)])
    try await read(reading.page(after: [], limit: limit), columns: columns, row: row)
  }

  /// Reads the events in which a text stands.
  package func find(
    _ text: String, office: String?, limit: Int?,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    let reading = Reading("find", ["text": text, "office": office])
    try await read(reading.page(after: [], limit: limit), columns: columns, row: row)
  }

  /// Reads what may happen to a dispute today, and what the other steps lack.
  package func nextSteps(
    of dispute: String, columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    try await read(Reading("next_steps", ["dispute": dispute]), columns: columns, row: row)
  }

  /// Reads the events of a dispute in their order.
  package func history(
    of dispute: String, limit: Int? = nil,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    let reading = Reading("dispute_history", ["dispute": dispute])
    try await read(reading.page(after: [], limit: limit), columns: columns, row: row)
  }

  /// Recomputes everything from the events up and reads a row for each thing that does not fit.
  package func check(
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    try await read(Reading("check_ledger"), columns: columns, row: row)
  }

  /// Reads whatever columns a function of the database gives.
  func read(
    _ reading: Reading,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    var isBegun = false
    var booleans: [Int] = []
    let found = try await read(reading, isPatient: true) { found, rows in
      if !isBegun, !rows.isEmpty {
        isBegun = true
        booleans = found.indices.filter { found[$0].kind == .boolean }
        try await columns(found.map(ReportColumn.init))
      }
      for values in rows { try await row(booleans.isEmpty ? values : Self.spellingOut(booleans, in: values)) }
    }
    if !isBegun { try await columns(found.map(ReportColumn.init)) }
  }

  /// The row with `true` and `false` where the server writes `t` and `f`.
  private static func spellingOut(_ booleans: [Int], in row: [String?]) -> [String?] {
    var row = row
    for index in booleans { row[index] = row[index].map { $0 == "t" ? "true" : "false" } }
    return row
  }
}

extension ReportColumn {
  init(_ column: PostgresColumn) {
    let kind: Kind =
      switch column.kind {
      case .integer: .integer
      case .number: .number
      case .date: .date
      case .boolean: .boolean
      case .timestamp, .json, .text: .text
      }
    self.init(name: column.name, kind: kind)
  }
}
