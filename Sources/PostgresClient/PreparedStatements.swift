/// The names of the statements that a session has prepared.
struct PreparedStatements {
  /// More than that many are not kept: somebody puts values into the text of statements.
  private static let limit = 256

  private var names: [String: String] = [:]
  private var lastNumber = 0

  var isFull: Bool { names.count >= Self.limit }

  subscript(sql: String) -> String? { names[sql] }

  /// A name that the session has not had before.
  mutating func makeName() -> String {
    lastNumber += 1
    return "guarantee_\(lastNumber)"
  }

  mutating func add(_ name: String, for sql: String) {
    names[sql] = name
  }

  mutating func forget(_ sql: String) {
    names[sql] = nil
  }
}

extension LibPQ {
  /// Runs a statement that is prepared, or gets so now.
  func runPrepared(
    _ sql: String, _ parameters: [String?], until deadline: Deadline
  ) throws(PostgresError) -> PostgresResult {
    let wasInTransaction = isInTransaction
    do throws(PostgresError) {
      guard let name = try preparedName(for: sql, until: deadline) else {
        try send(sql, parameters)
        return try collect(until: deadline)
      }
      try send(prepared: name, parameters)
      return try collect(until: deadline)
    } catch {
      guard error.saysStatementIsStale else { throw error }
      // Columns changed, or the session was cleared: nothing was done yet. A transaction has failed by it.
      statements.forget(sql)
      if wasInTransaction { throw error }
      try send(sql, parameters)
      return try collect(until: deadline)
    }
  }

  private func preparedName(for sql: String, until deadline: Deadline) throws(PostgresError)
    -> String?
  {
    if let name = statements[sql] { return name }
    if statements.isFull { return nil }
    let name = statements.makeName()
    try send(prepare: name, sql)
    _ = try collect(until: deadline)
    statements.add(name, for: sql)
    return name
  }
}

extension PostgresError {
  /// Whether a prepared statement failed because the server no longer has it or its columns have changed.
  fileprivate var saysStatementIsStale: Bool {
    guard kind == .server else { return false }
    return sqlState == .invalidStatementName
      || (sqlState == .featureNotSupported && fields.routine == "RevalidateCachedQuery")
  }
}
