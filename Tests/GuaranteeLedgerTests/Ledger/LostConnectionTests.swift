import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite("A ledger that loses its server")
struct LostConnectionTests {
  @Test("A connection that was cut is reported as lost or unknown, never as done")
  func cut() async throws {
    try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
      let ledger = try await Ledger.open(connectionString)
      let killer = try await PostgresConnection.connect(to: connectionString)
      _ = try await killer.query(
        """
        select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
        """)
      await killer.close()
      let event = Event(
        key: "K", on: "2026-01-05", name: "register_office", fields: ["office": "O", "zone": "Z"])
      let error = await #expect(throws: LedgerError.self) { try await ledger.record([event]) }
      #expect([.connectionLost, .outcomeUnknown].contains(error?.code))
      let later = await #expect(throws: LedgerError.self) { try await ledger.today() }
      #expect(later?.code == .connectionLost)
    }
  }
}
