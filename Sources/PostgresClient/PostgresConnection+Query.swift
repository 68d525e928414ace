extension PostgresConnection {
  /// Runs one or several statements without parameters, in one implicit transaction unless they say
  /// otherwise.
  package nonisolated func execute(_ script: String, deadline: Duration? = nil)
    async throws(PostgresError)
  {
    try await perform(deadline) { (libpq, deadline) throws(PostgresError) in
      try libpq.send(script: script)
      _ = try libpq.collect(until: deadline)
    }
  }

  /// Runs one statement and returns all its rows.
  ///
  /// - Parameters:
  ///   - parameters: the values of `$1`, `$2`, …, as text; `nil` is null.
  ///   - prepared: keeps the statement prepared for the next time, unless a pooler stands between or the
  ///     connection has that switched off.
  package nonisolated func query(
    _ sql: String, _ parameters: [String?] = [], prepared: Bool = false, deadline: Duration? = nil
  ) async throws(PostgresError) -> PostgresResult {
    let prepares = prepared && options.preparesStatements
    return try await perform(deadline) { (libpq, deadline) throws(PostgresError) in
      if prepares { return try self.runPreparable(libpq, sql, parameters, until: deadline) }
      try libpq.send(sql, parameters)
      return try libpq.collect(until: deadline)
    }
  }
}
