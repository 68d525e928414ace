import PostgresClient
import TestSupport

/// What two batches came to that were recorded at once.
struct Together: Sendable {
  let first: [String]
  let second: [String]
}

extension TestLedger {
  /// Records a batch in a transaction, and while that is open another batch over a connection of its own.
  ///
  /// The transaction ends only once the second call waits for it or has ended without waiting.
  ///
  /// - Parameter keeping: whether the first transaction is committed, or taken back.
  func recordAtOnce(_ first: [Fields], _ second: [Fields], keeping: Bool = true) async throws -> Together {
    let other = try await PostgresConnection.connect(to: connectionString)
    let observer = try await PostgresConnection.connect(to: connectionString)
    do {
      try await connection.execute("begin")
      let codes = try await record(first, over: connection)
      async let answer = record(second, over: other)
      try await waitUntilBlockedOrDone(other, seenBy: observer)
      try await connection.execute(keeping ? "commit" : "rollback")
      let together = Together(first: codes, second: try await answer)
      await other.close()
      await observer.close()
      return together
    } catch {
      await connection.close()
      await other.close()
      await observer.close()
      throw error
    }
  }

  /// Records over a connection of one's own, past the library.
  func record(_ events: [Fields], over connection: PostgresConnection) async throws -> [String] {
    let objects = events.map { event in
      "{" + event.map { "\(Self.quoted($0)): \(Self.quoted($1))" }.joined(separator: ", ") + "}"
    }
    let json = "[" + objects.joined(separator: ", ") + "]"
    return try await connection.query(
      #"select result from guarantee_api.record($1::jsonb) order by "position""#, [json]
    ).rows.map { $0[0] ?? "" }
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
    return "\"" + String(escaped) + "\""
  }

  private func waitUntilBlockedOrDone(
    _ connection: PostgresConnection, seenBy observer: PostgresConnection
  ) async throws {
    let sql = """
      select wait_event_type = 'Lock' or state = 'idle' and query like '%guarantee_api.record%'
        from pg_stat_activity where pid = $1
      """
    let pid = String(connection.server.backendPID)
    try await until { try await observer.query(sql, [pid], prepared: true).value == "t" }
  }
}
