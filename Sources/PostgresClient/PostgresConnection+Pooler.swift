import Synchronization

/// Whether a pooler such as PgBouncer stands between us and the server.
enum Pooling: UInt8, AtomicRepresentable {
  case unknown
  case direct
  case pooled
}

extension PostgresConnection {
  /// Whether a pooler such as PgBouncer stands between, which may give each transaction another session of the
  /// server: the process that works for us is not the one that welcomed us.
  ///
  /// Such a connection has no named prepared statements, no LISTEN and no session settings that last. The first
  /// to ask may wait for a round trip; afterwards it is known.
  package nonisolated var isPooled: Bool {
    get async throws(PostgresError) {
      switch pooling.load(ordering: .acquiring) {
      case .direct: return false
      case .pooled: return true
      case .unknown:
        note(backendPID: try await query("select pg_backend_pid()").value)
        return pooling.load(ordering: .acquiring) == .pooled
      }
    }
  }

  private nonisolated func note(backendPID: String?) {
    let isDirect = backendPID == String(server.backendPID)
    pooling.store(isDirect ? .direct : .pooled, ordering: .releasing)
  }
}
