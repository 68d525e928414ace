import LedgerTestSupport
import PostgresClient
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("The deadline of a ledger's calls", .endsInTime)
struct LedgerDeadlineTests {
  @Test("The wait for a connection and the statement have one deadline together", arguments: [false, true])
  func together(isLookingBack: Bool) async throws {
    try await withWaitingLots { connectionString, holder in
      var configuration = LedgerConfiguration.patient(connectionString)
      configuration.maximumConnections = 1
      var ledger = try await Ledger.open(configuration)
      if isLookingBack { ledger = ledger.asOf(try await ledger.today()) }
      let (starts, start) = AsyncStream.makeStream(of: ContinuousClock.Instant.self)
      let (reading, begun) = try await ledger.withConnection { [ledger] _ in
        let reading = Task {
          start.yield(.now)
          return try await ledger.lots(deadline: .seconds(6)).all().count
        }
        let begun = try #require(await starts.first { _ in true })
        try await until(begun + .seconds(5))
        return (reading, begun)
      }
      // Two deadlines would leave it waiting for longer.
      try await until(begun + .seconds(8))
      try await holder.execute("select pg_advisory_unlock(1)")
      let error = await #expect(throws: LedgerError.self) { try await reading.value }
      #expect(error?.code == .deadlineExceeded)
      await ledger.close()
    }
  }

  @Test("The opening by a member ends by the ledger's own deadline")
  func opening() async throws {
    let server = try await TemporaryServer.shared
    try await server.withDatabase(template: emptyLedger) { connectionString in
      let owner = try await Ledger.open(.patient(connectionString))
      let holder = try await PostgresConnection.connect(to: connectionString)
      let login = "member_of_\(holder.server.database)"
      try await owner.addMember(login, as: .auditor, at: nil)
      try await holder.execute(
        """
        create or replace function guarantee_api.schema_state()
          returns table (is_migration boolean, name text, fingerprint text) language sql as $$
          select true, pg_advisory_xact_lock_shared(1)::text, '' $$;
        select pg_advisory_lock(1)
        """)
      var configuration = LedgerConfiguration(connectionString + " user=\(login)")
      configuration.deadline = .seconds(2)
      let error = await #expect(throws: LedgerError.self) { _ = try await Ledger.open(configuration) }
      #expect(error?.code == .deadlineExceeded)
      await owner.close()
      await holder.close()
      try await server.run("drop role \"\(login)\"")
    }
  }

  /// Runs `body` with a ledger whose lots wait for a lock that the connection has.
  private func withWaitingLots(
    _ body: @Sendable (String, PostgresConnection) async throws -> Void
  ) async throws {
    try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
      let holder = try await PostgresConnection.connect(to: connectionString)
      for schema in ["guarantee_api", "guarantee_past"] {
        try await holder.execute(
          """
          drop function \(schema).report_lots(text, text);
          create function \(schema).report_lots(office text default null, dispute text default null)
            returns table (dispute text, lot text, state text, currency text, value numeric) language sql as $$
            select 'D', pg_advisory_xact_lock_shared(1)::text, 'held', 'CNY', 1.0 $$;
          """)
      }
      try await holder.execute("select pg_advisory_lock(1)")
      try await body(connectionString, holder)
      await holder.close()
    }
  }
}
