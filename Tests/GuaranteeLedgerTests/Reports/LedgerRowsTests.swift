import LedgerTestSupport
import PostgresClient
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("Rows one by one", .endsInTime)
struct LedgerRowsTests {
  /// Runs `body` with a ledger whose report of lots has so many rows, after which it may fail.
  private func withLots(
    _ count: Int, failingAfter last: Int = .max, connections: Int = 4,
    _ body: @Sendable (Ledger) async throws -> Void
  ) async throws {
    try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
      let connection = try await PostgresConnection.connect(to: connectionString)
      try await connection.execute(
        """
        drop function guarantee_api.report_lots(text, text);
        create function guarantee_api.report_lots(office text default null, dispute text default null)
          returns table (dispute text, lot text, state text, currency text, value numeric) language sql as $$
          select 'D', n::text, 'held', 'CNY', n + 0 / (case when n > \(last) then 0 else 1 end)
            from generate_series(1, \(count)) n $$;
        """)
      await connection.close()
      var configuration = LedgerConfiguration.patient(connectionString)
      configuration.maximumConnections = connections
      let ledger = try await Ledger.open(configuration)
      try await body(ledger)
      await ledger.close()
    }
  }

  @Test("All rows come in their order, by a loop or at once")
  func order() async throws {
    try await withLots(3000) { ledger in
      var lots: [String] = []
      for try await lot in ledger.lots() { lots.append(lot.lot) }
      let expected = (1...3000).map { String($0) }
      #expect(lots == expected)
      let all = try await ledger.lots().all()
      #expect(all.map(\.lot) == expected)
    }
  }

  @Test("Each iteration reads anew, and ends for good")
  func again() async throws {
    try await withLots(3) { ledger in
      let lots = ledger.lots()
      for _ in 1...2 {
        var iterator = lots.makeAsyncIterator()
        var found: [String?] = []
        for _ in 1...5 { found.append(try await iterator.next()?.lot) }
        #expect(found == ["1", "2", "3", nil, nil])
      }
    }
  }

  @Test("No row is no row")
  func none() async throws {
    try await withLedger { ledger in
      for try await lot in ledger.lots() { Issue.record("\(lot)") }
      #expect(try await ledger.lots().all() == [])
    }
  }

  @Test("A limit is the most rows that are read; a negative one reads none")
  func limit() async throws {
    try await withLots(3000) { ledger in
      let two = try await ledger.lots(limit: 2).all()
      #expect(two.map(\.lot) == ["1", "2"])
      #expect(try await ledger.lots(limit: 0).all() == [])
      #expect(try await ledger.lots(limit: -1).all() == [])
    }
  }

  @Test("An error of the database comes in its place, and nothing after it")
  func failure() async throws {
    try await withLots(9000, failingAfter: 3000) { ledger in
      var count = 0
      var iterator = ledger.lots().makeAsyncIterator()
      let error = await #expect(throws: LedgerError.self) {
        while try await iterator.next() != nil { count += 1 }
      }
      #expect(error?.code == .database)
      #expect(count <= 3000)
      let after = try await iterator.next()
      #expect(after == nil)
      await #expect(throws: LedgerError.self) { try await ledger.lots().all() }
    }
  }

  @Test("A task that is cancelled gets no further row, and its reading ends")
  func cancelled() async throws {
    try await withLots(1_000_000) { ledger in
      let reader = Task {
        var count = 0
        for try await _ in ledger.lots() {
          count += 1
          if count == 10 { withUnsafeCurrentTask { $0?.cancel() } }
        }
        return count
      }
      let error = await #expect(throws: LedgerError.self) { _ = try await reader.value }
      #expect(error?.code == .cancelled)
    }
  }

  @Test("A loop that is left or cancelled gives its connection to whoever waits for one")
  func left() async throws {
    try await withLots(1_000_000, connections: 1) { ledger in
      for try await _ in ledger.lots() { break }
      let today = try await ledger.today()
      let reader = Task {
        for try await _ in ledger.lots() { withUnsafeCurrentTask { $0?.cancel() } }
      }
      _ = await reader.result
      #expect(try await ledger.today() == today)
      let walkers = (1...3).map { _ in Task { for try await _ in ledger.lots(limit: 2000) {} } }
      for walker in walkers { try await walker.value }
    }
  }

  /// Ends every session of the database but the one that does it.
  private static let killing = """
    select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
    """

  @Test("A connection that is lost before the first row is replaced")
  func lostBefore() async throws {
    try await TemporaryServer.shared.withDatabase(template: toldLedger) { connectionString in
      let killer = try await PostgresConnection.connect(to: connectionString)
      let ledger = try await Ledger.open(.patient(connectionString))
      let expected = try await ledger.disputes().all()
      _ = try await killer.query(Self.killing)
      #expect(try await ledger.disputes().all() == expected)
      _ = try await killer.query(Self.killing)
      var found: [DisputePosition] = []
      for try await dispute in ledger.disputes() { found.append(dispute) }
      #expect(found == expected)
      await killer.close()
      await ledger.close()
    }
  }

  @Test("A reading that ends its own session is tried twice and not for ever", arguments: [false, true])
  func lostAgain(oneByOne: Bool) async throws {
    try await withLots(1) { ledger in
      try await ledger.withConnection {
        try await $0.execute(
          """
          create sequence attempt;
          create or replace function guarantee_api.report_lots(office text default null, dispute text default null)
            returns table (dispute text, lot text, state text, currency text, value numeric) language sql as $$
            select 'D', nextval('public.attempt')::text, pg_terminate_backend(pg_backend_pid())::text,
              pg_sleep(600)::text, 1.0 $$;
          """)
      }
      let error = await #expect(throws: LedgerError.self) {
        if oneByOne {
          for try await _ in ledger.lots(deadline: .seconds(60)) {}
        } else {
          _ = try await ledger.lots(deadline: .seconds(60)).all()
        }
      }
      #expect(error?.code == .connectionLost)
      #expect(try await ledger.query("select last_value from attempt").value == "2")
    }
  }

  @Test("A connection that is lost after the first row is an error, since rows may not come twice")
  func lostAfter() async throws {
    try await withLots(1_000_000) { ledger in
      var iterator = ledger.lots().makeAsyncIterator()
      let first = try await iterator.next()
      #expect(first?.lot == "1")
      _ = try await ledger.query(Self.killing)
      let error = await #expect(throws: LedgerError.self) { while try await iterator.next() != nil {} }
      #expect(error?.code == .connectionLost)
    }
  }

  @Test("A task that waits for rows is let go when it is cancelled")
  func cancelledWaiting() async throws {
    try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
      let ledger = try await Ledger.open(.patient(connectionString))
      let holder = try await PostgresConnection.connect(to: connectionString)
      try await holder.execute("begin; lock table guarantee.lot in access exclusive mode")
      let reader = Task { try await ledger.lots().all() }
      let walker = Task { for try await _ in ledger.lots() {} }
      try await waitUntilSomebodyWaits(holder)
      reader.cancel()
      walker.cancel()
      for task in [Task { _ = try await reader.value }, walker] {
        let error = await #expect(throws: LedgerError.self) { try await task.value }
        #expect(error?.code == .cancelled)
      }
      await holder.close()
      await ledger.close()
    }
  }

  /// Waits until a statement of the ledger has come to the lock that the connection holds.
  private func waitUntilSomebodyWaits(_ holder: PostgresConnection) async throws {
    let waiting = "select count(*) > 0 from pg_locks where not granted"
    try await until { try await holder.query(waiting).value == "t" }
  }

  @Test("A reading that doesn't end by its deadline is given up")
  func deadline() async throws {
    try await withLots(10_000_000) { ledger in
      let error = await #expect(throws: LedgerError.self) {
        for try await _ in ledger.lots(deadline: .milliseconds(50)) {}
      }
      #expect(error?.code == .deadlineExceeded)
    }
  }
}
