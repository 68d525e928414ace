import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import TestSupport
import Testing

@Suite("A ledger that loses its connections")
struct LostConnectionTests {
  @Test("Connections that were cut while they lay idle are replaced, for recording and for reading")
  func cut() async throws {
    try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
      let ledger = try await Ledger.open(.patient(connectionString))
      try await endOtherSessions(of: connectionString)
      #expect(try await ledger.record([office("O")]).map(\.code) == ["recorded"])
      try await endOtherSessions(of: connectionString)
      let today = try await ledger.today()
      #expect(today > (try #require(LedgerDate("2026-01-01"))))
      await ledger.close()
    }
  }
}

/// Ends all sessions of a database but its own and those in the given state.
func endOtherSessions(of connectionString: String, but state: String = "") async throws {
  let killer = try await PostgresConnection.connect(to: connectionString)
  _ = try await killer.query(
    """
    select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      and state <> $1
    """, [state])
  await killer.close()
}
