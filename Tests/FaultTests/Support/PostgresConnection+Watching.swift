import PostgresClient
import TestSupport

extension PostgresConnection {
  /// Returns when a session waits for a standby to confirm its commit: its process.
  @discardableResult
  func waitForSynchronousWait(otherThan last: String? = nil) async throws -> String {
    try await waitForSession("wait_event = 'SyncRep'", otherThan: last)
  }

  /// Cancels what a session does that was waited for.
  func cancel(_ session: String) async throws {
    _ = try await query(
      "select pg_cancel_backend($1)", [session.split(separator: " ").first.map(String.init)])
  }

  /// Returns when there is a session of which the condition holds, over `pg_stat_activity`: its process with
  /// the time when its statement began.
  @discardableResult
  func waitForSession(_ condition: String, otherThan last: String? = nil) async throws -> String {
    let sql = """
      select pid || ' ' || query_start from pg_stat_activity
       where pid <> pg_backend_pid() and \(condition) and pid || ' ' || query_start is distinct from $1 limit 1
      """
    var session = ""
    try await until {
      // Inside a transaction it would stay as it was first seen.
      try await execute("select pg_stat_clear_snapshot()")
      session = try await query(sql, [last], prepared: true).value ?? ""
      return !session.isEmpty
    }
    return session
  }
}
