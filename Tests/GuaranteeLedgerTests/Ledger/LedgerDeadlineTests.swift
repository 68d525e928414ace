import LedgerTestSupport
import PostgresClient
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("The deadline of a ledger's calls", .endsInTime)
struct LedgerDeadlineTests {
  /// Ways to read with a statement that waits.
  enum Way: CaseIterable { case together, oneByOne, lookingBack, lookingBackOneByOne }

  @Test("The wait for a connection and the statement have one deadline together", arguments: Way.allCases)
  func together(way: Way) async throws {
    try await withWaitingLots { connectionString, holder in
      var configuration = LedgerConfiguration.patient(connectionString)
      configuration.maximumConnections = 1
      var ledger = try await Ledger.open(configuration)
      if way != .together, way != .oneByOne { ledger = ledger.asOf(try await ledger.today()) }
      let reading = try await ledger.withConnection { [ledger] _ in
        let lots = ledger.lots(deadline: .seconds(8))
        let reading = Task {
          if [.together, .lookingBack].contains(way) { return try await lots.all().count }
          return try await lots.reduce(0) { count, _ in count + 1 }
        }
        try await pass(.seconds(7))
        return reading
      }
      // Two deadlines would leave it waiting for three seconds more.
      try await pass(.seconds(5))
      try await holder.execute("select pg_advisory_unlock(1)")
      let error = await #expect(throws: LedgerError.self) { try await reading.value }
      #expect(error?.code == .deadlineExceeded)
      await ledger.close()
    }
  }

  @Test("A seal that waits for another ends by the ledger's own deadline")
  func seal() async throws {
    try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
      let holder = try await PostgresConnection.connect(to: connectionString)
      try await holder.execute("select pg_advisory_lock('guarantee.seal'::regclass::oid::integer, 0)")
      var configuration = LedgerConfiguration(connectionString)
      configuration.deadline = .seconds(5)
      let ledger = try await Ledger.open(configuration)
      let error = await #expect(throws: LedgerError.self) { try await ledger.seal(with: SealingKey()) }
      #expect(error?.code == .deadlineExceeded)
      await ledger.close()
      await holder.close()
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

  private func pass(_ duration: Duration) async throws {
    let end = ContinuousClock.now + duration
    try await until { ContinuousClock.now > end }
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
