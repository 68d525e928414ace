import PostgresClient

extension Ledger {
  /// Reads a report row by row in constant memory.
  ///
  /// - Parameters:
  ///   - filters: What to narrow the rows to; those that the report does not have count for nothing.
  ///   - columns: Called once, before any row, and also when there is none.
  ///   - row: Called for each row with a value for each column; `nil` where there is none. No other call may
  ///     be made on the ledger from inside it.
  /// - Throws: `LedgerError`, or what `columns` and `row` throw.
  public func report(
    _ report: Report, where filters: [ReportFilter: String] = [:],
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    let given = report.filters.filter { filters[$0] != nil }
    let arguments = given.enumerated().map { "\($1.rawValue) => $\($0 + 1)" }
    try await read(
      "guarantee_api.\(report.function)(\(arguments.joined(separator: ", ")))", given.map { filters[$0] },
      columns: columns, row: row)
  }

  /// Reads what runs out, falls due or is expected within so many days.
  public func due(
    within days: Int, office: String? = nil,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    try await read(
      "guarantee_api.due(within => $1, office => $2)", [String(days), office],
      columns: columns,
      row: row)
  }

  /// Reads the events of a dispute in their order.
  public func history(
    of dispute: String,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    try await read(
      "guarantee_api.dispute_history(dispute => $1)", [dispute], columns: columns, row: row)
  }

  /// Recomputes everything from the events up and reads a row for each thing that does not fit.
  public func check(
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    try await read("guarantee_api.check_ledger()", [], columns: columns, row: row)
  }

  /// The events that record what has lapsed by now, without keys, ready to be given some and recorded.
  public func lapsed(office: String? = nil) async throws(LedgerError) -> [Event] {
    let result = try await query("select event from guarantee_api.lapsed(office => $1)", [office])
    return try result.rows.map { row throws(LedgerError) in
      guard let json = row[0], let members = try? JSONObject.members(of: json) else {
        throw LedgerError(.database, "The database gave an event that is none.")
      }
      return Event(members: members)
    }
  }

  private func read(
    _ function: String, _ parameters: [String?],
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    var isBegun = false
    var booleans: [Int] = []
    let found = try await stream("select * from \(function)", parameters) { found, values in
      if !isBegun {
        isBegun = true
        booleans = found.indices.filter { found[$0].kind == .boolean }
        try await columns(found.map(ReportColumn.init))
      }
      try await row(booleans.isEmpty ? values : Self.spellingOut(booleans, in: values))
    }
    if !isBegun { try await columns(found.map(ReportColumn.init)) }
  }
}

extension Ledger {
  /// The row with `true` and `false` where the server writes `t` and `f`.
  private static func spellingOut(_ booleans: [Int], in row: [String?]) -> [String?] {
    var row = row
    for index in booleans { row[index] = row[index].map { $0 == "t" ? "true" : "false" } }
    return row
  }
}

extension ReportColumn {
  fileprivate init(_ column: PostgresColumn) {
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
