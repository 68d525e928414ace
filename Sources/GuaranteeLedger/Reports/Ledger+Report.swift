import PostgresClient

/// Readings as the command line prints them: whatever columns the database gives, as text.
extension Ledger {
  /// Reads a report row by row in constant memory.
  ///
  /// - Parameters:
  ///   - filters: What to narrow the rows to; those that the report does not have count for nothing.
  ///   - rows: Which rows to read.
  ///   - columns: Called once, before any row, and also when there is none.
  ///   - row: Called for each row with a value for each column; `nil` where there is none. No other call may
  ///     be made on the ledger from inside it.
  /// - Returns: Where the page ended, when `rows` has a limit and there are more.
  /// - Throws: `LedgerError`, `SelectionMistake`, or what `columns` and `row` throw.
  @discardableResult
  package func report(
    _ report: Report, where filters: [ReportFilter: String] = [:], rows: RowSelection = RowSelection(),
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws -> String? {
    var reading = Reading(report.function(where: filters))
    for filter in report.filters { reading.narrow(filter.rawValue, to: filters[filter]) }
    return try await read(reading, rows, columns: columns, row: row)
  }

  /// Reads what runs out, falls due or is expected within so many days.
  @discardableResult
  package func due(
    within days: Int, office: String? = nil, rows: RowSelection = RowSelection(),
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws -> String? {
    try await read(
      Reading("due", ["within": String(days), "office": office]), rows, columns: columns, row: row)
  }

  /// Reads what waits for the office's staff, the most pressing first.
  @discardableResult
  package func todo(
    office: String?, within days: Int, rows: RowSelection = RowSelection(),
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws -> String? {
    try await read(
      Reading("todo", ["office": office, "within": String(days)]), rows, columns: columns, row: row)
  }

  /// Reads the events in which a text stands.
  @discardableResult
  package func find(
    _ text: String, rows: RowSelection = RowSelection(),
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws -> String? {
    try await read(Reading("find", ["text": text]), rows, columns: columns, row: row)
  }

  /// Reads what may happen to a dispute today, and what the other steps lack.
  @discardableResult
  package func nextSteps(
    of dispute: String, rows: RowSelection = RowSelection(),
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws -> String? {
    try await read(Reading("next_steps", ["dispute": dispute]), rows, columns: columns, row: row)
  }

  /// Reads the events of a dispute in their order.
  @discardableResult
  package func history(
    of dispute: String, rows: RowSelection = RowSelection(),
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws -> String? {
    try await read(Reading("dispute_history", ["dispute": dispute]), rows, columns: columns, row: row)
  }

  /// Reads who has which role where, as `Ledger.members` does.
  @discardableResult
  package func members(
    withPast: Bool, rows: RowSelection = RowSelection(),
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws -> String? {
    let times: Set = ["given_at", "taken_at"]
    var isTime: [Bool] = []
    return try await read(
      Reading("members", ["of_past": withPast ? "yes" : nil]), rows,
      columns: {
        isTime = $0.map { times.contains($0.name) }
        try await columns($0)
      },
      row: { values in
        try await row(
          zip(values, isTime).map { value, isTime in
            isTime ? value.flatMap { LedgerTime($0) }?.description : value.flatMap { $0.isEmpty ? nil : $0 }
          })
      })
  }

  /// Recomputes everything from the events up and reads a row for each thing that does not fit.
  package func check(
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    // It says nothing before the first proof that fails: of ten million entries for half an hour.
    try await read(Reading("check_ledger"), deadline: .seconds(7 * 86_400), columns: columns, row: row)
  }

  /// Reads the rows of a function of the database that somebody chose.
  ///
  /// - Returns: Where the page ended, when there is a limit and there are more.
  func read(
    _ reading: Reading, _ selection: RowSelection,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws -> String? {
    guard selection.limit != nil || !selection.isPlain else {
      try await read(reading, columns: columns, row: row)
      return nil
    }
    let shape = try await shape(of: reading.function)
    // One more than is wanted says whether there are more.
    var wanted = selection
    wanted.limit = selection.limit.map { max(0, $0) + 1 }
    let selected = try SelectedReading(reading, wanted, shape)
    try await columns(shape.reportColumns)
    var count = 0
    var last: [String?]?
    var isMore = false
    try await read(
      selected.reading, columns: { _ in },
      row: { values in
        count += 1
        if let limit = selection.limit, count > limit {
          isMore = true
        } else {
          last = values
          try await row(values)
        }
      })
    return isMore ? last.map { selected.place(of: $0) } : nil
  }

  /// Reads whatever columns a function of the database gives.
  ///
  /// - Parameter deadline: How long the database may take for it in all; `nil` for as long as it does, if the server goes on
  ///   saying something.
  func read(
    _ reading: Reading, deadline: Duration? = nil,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    var isBegun = false
    var booleans: [Int] = []
    let found = try await read(reading, deadline: deadline, isPatient: deadline == nil) { found, rows in
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
