import TestSupport
import Testing

@testable import PostgresClient

@Suite("Through PgBouncer in transaction mode", .endsInTime)
struct PgBouncerTests {
  @Test("A pooler is told from a server")
  func detection() async throws {
    try await withPooler { direct, pooled in
      for (connectionString, isPooled) in [(direct, false), (pooled, true)] {
        let connection = try await PostgresConnection.connect(to: connectionString)
        #expect(try await connection.isPooled == isPooled)
        await connection.close()
      }
    }
  }

  @Test("A server that has come to take changes is taken, though the pooler says what was so before", .heavy)
  func promoted() async throws {
    let pair = try await StandbyPair { _ in }
    let pooler = try await PgBouncer(before: pair.standby)
    var options = PostgresConnectOptions()
    options.requiresReadWrite = true
    let early = await result { try await PostgresConnection.connect(to: pooler.connectionString(), options) }
    #expect(early?.kind == .unreachable)
    try await pair.promote()
    let connection = try await PostgresConnection.connect(to: pooler.connectionString(), options)
    try await connection.execute("create table t (n int)")
    await connection.close()
  }

  @Test("No statement is prepared through it, so that none is taken for another client's")
  func statements() async throws {
    try await withPooler { direct, pooled in
      let first = try await PostgresConnection.connect(to: pooled)
      let second = try await PostgresConnection.connect(to: pooled)
      for round in 1...4 {
        #expect(try await first.query("select 'first'", prepared: true).value == "first")
        #expect(try await second.query("select 'second'", prepared: true).value == "second")
        let sql = "select count(*) from pg_prepared_statements"
        #expect(try await first.query(sql).value == "0", "round \(round)")
      }
      await first.close()
      await second.close()
    }
  }

  @Test("Dates come in one style, whatever the database prefers and whichever session works")
  func dates() async throws {
    try await withPooler(serverConnections: 3) { direct, pooled in
      let administrator = try await PostgresConnection.connect(to: direct)
      let name = administrator.server.database
      try await administrator.execute("alter database \(name) set datestyle to 'German'")
      await administrator.close()

      let first = try await PostgresConnection.connect(to: pooled)
      let second = try await PostgresConnection.connect(to: pooled)
      let third = try await PostgresConnection.connect(to: pooled)
      for _ in 1...3 {
        // Open together, the transactions are in all sessions of the server.
        var rows: [PostgresRow] = []
        try await first.transaction { (first) async throws in
          try await second.transaction { (second) async throws in
            try await third.transaction { (third) async throws in
              for connection in [first, second, third] {
                rows += try await connection.query("select date '2026-11-25', pg_backend_pid()").rows
              }
            }
          }
        }
        #expect(rows.map { $0[0] } == Array(repeating: "2026-11-25", count: 3))
        #expect(Set(rows.map { $0[1] }).count == 3)
      }
      for connection in [first, second, third] { await connection.close() }
    }
  }

  @Test("A pool's transactions, streams and COPYs run at once in fewer sessions than it has connections")
  func work() async throws {
    try await withPooler { direct, pooled in
      var options = PostgresPoolOptions()
      options.maximumConnections = 8
      let pool = PostgresPool(pooled, options)
      try await pool.withConnection { try await $0.execute("create table t (worker int, n int)") }
      try await withThrowingTaskGroup { group in
        for worker in 0..<24 {
          group.addTask {
            try await pool.withConnection { try await self.workOnce(on: $0, as: worker) }
          }
        }
        try await group.waitForAll()
      }
      let sql = "select count(*), count(distinct worker), sum(n) from t"
      let totals = try await pool.withConnection { try await $0.query(sql).rows }
      #expect(totals == [["24024", "24", String(24 * (500_500 + 7))]])
      await pool.drain()
    }
  }

  private func workOnce(on connection: PostgresConnection, as worker: Int) async throws {
    try await connection.transaction {
      _ = try await $0.query("insert into t values ($1, 7)", [String(worker)], prepared: true)
      try await $0.copyIn("copy t from stdin", (1...1_000).map { "\(worker)\t\($0)\n" }.joined())
    }
    var count = 0
    try await connection.stream("select n from t where worker = $1", [String(worker)]) { _, _ in count += 1 }
    #expect(count == 1_001)
    var bytes = 0
    try await connection.copyOut("copy (select n from t where worker = \(worker)) to stdout") {
      bytes += $0.count
    }
    #expect(bytes == 3_893 + 2)
  }

  /// The first that may be prepared is sent with another: the server's last words and the pooler's come as two results.
  @Test(
    "A server lost in mid-statement is a lost connection whose statement may have taken effect",
    arguments: [false, true])
  func lostStatement(prepared: Bool) async throws {
    try await withPooler { direct, pooled in
      let observer = try await PostgresConnection.connect(to: direct)
      let connection = try await PostgresConnection.connect(to: pooled)
      async let outcome = result {
        try await connection.query("select pg_sleep(600)", prepared: prepared)
      }
      try await endSession(in: "PgSleep", observer)
      let error = try #require(await outcome)
      #expect(error.kind == .connectionLost)
      #expect(error.isEffectUnknown)
      #expect(!connection.isOpen)
      await observer.close()
    }
  }

  @Test("A server lost in the midst of a row is a lost connection, whatever came after the cut")
  func lostRow() async throws {
    try await withPooler { direct, pooled in
      let observer = try await PostgresConnection.connect(to: direct)
      let connection = try await PostgresConnection.connect(to: pooled)
      let sql = "select repeat('x', 10000000) from generate_series(1, 5)"
      var isOver = false
      let error = await result {
        try await connection.stream(sql) { _, _ in
          // The pooler says what it thinks of it where the rest of a row should be.
          guard !isOver else { return }
          isOver = true
          try await self.endSession(in: "ClientWrite", observer)
        }
      }
      #expect(error?.kind == .connectionLost)
      #expect(error?.isEffectUnknown == true)
      #expect(!connection.isOpen)
      await observer.close()
    }
  }

  @Test("A pool goes on after the server was lost behind the pooler")
  func recovery() async throws {
    try await withPooler { direct, pooled in
      let observer = try await PostgresConnection.connect(to: direct)
      let pool = PostgresPool(pooled)
      for _ in 1...3 {
        async let outcome = result {
          try await pool.withConnection { try await $0.query("select pg_sleep(600)") }
        }
        try await endSession(in: "PgSleep", observer)
        #expect(await outcome?.kind == .connectionLost)
        #expect(try await pool.withConnection { try await $0.answers() })
      }
      await pool.close()
      await observer.close()
    }
  }

  /// Waits for a session of the observer's database to wait for the event, and ends it.
  private func endSession(in event: String, _ observer: PostgresConnection) async throws {
    let sql = """
      select pg_terminate_backend(pid, 10000) from pg_stat_activity
      where datname = current_database() and wait_event = $1
      """
    try await until { try await observer.query(sql, [event]).value != nil }
  }
}

/// Runs `body` with two connection strings of a new database: straight to the server, and by way of a pooler.
func withPooler(
  serverConnections: Int = 2, _ body: (_ direct: String, _ pooled: String) async throws -> Void
) async throws {
  let server = try await TemporaryServer.shared
  try await server.withDatabase { direct in
    let pooler = try await PgBouncer(before: server, serverConnections: serverConnections)
    try await body(direct, pooler.connectionString(instead: direct))
  }
}
