import Foundation
import Synchronization
import TestSupport
import Testing

@testable import PostgresClient

@Suite("A pool whose server fails", .endsInTime)
struct PoolRecoveryTests {
  @Test(
    "A session that ended while it lay idle is noticed before anybody gets it",
    arguments: [Duration.zero, .seconds(60)])
  func endedIdle(checkAfterIdle: Duration) async throws {
    var options = PostgresPoolOptions()
    options.checkAfterIdle = checkAfterIdle
    options.lookAfterIdle = .zero
    try await withPool(connections: 2, options) { pool in
      for _ in 1...3 {
        let pid = try await pool.withConnection { $0.server.backendPID }
        let administrator = try await PostgresConnection.connect(
          to: try await TemporaryServer.shared.connectionString())
        _ = try await administrator.query("select pg_terminate_backend($1, 10000)", [String(pid)])
        await administrator.close()
        let next = try await pool.withConnection { (connection) async throws in
          #expect(try await connection.answers())
          return connection.server.backendPID
        }
        #expect(next != pid)
      }
    }
  }

  @Test("A connection lost in use fails its caller alone")
  func lostInUse() async throws {
    try await withPool(connections: 2) { pool in
      let error = await result {
        try await pool.withConnection { connection in
          _ = try await pool.withConnection {
            try await $0.query(
              "select pg_terminate_backend($1, 10000)", [String(connection.server.backendPID)])
          }
          _ = try await connection.query("select 1")
        }
      }
      #expect(error?.kind == .connectionLost)
      for _ in 1...3 {
        let answers = try await pool.withConnection { try await $0.answers() }
        #expect(answers)
      }
    }
  }

  @Test("A host that breaks a connection is tried last, not one whose caller left it unfinished")
  func order() async throws {
    struct Stop: Error {}
    try await TemporaryServer.shared.withDatabase { connectionString in
      let folder = try TemporaryFolder()
      let administrator = try await PostgresConnection.connect(to: connectionString)
      for name in ["a", "b"] {
        try FileManager.default.createSymbolicLink(
          atPath: folder.file(name), withDestinationPath: administrator.server.host)
      }
      let pool = PostgresPool(connectionString + " host=\(folder.file("a")),\(folder.file("b"))")
      let host = { try await pool.withConnection { $0.server.host } }
      let endless = "select generate_series(1, 1000000000000)"
      for _ in 1...2 {
        await #expect(throws: Stop.self) {
          try await pool.withConnection { try await $0.stream(endless) { _, _ in throw Stop() } }
        }
        #expect(try await host() == folder.file("a"))
        let task = Task { try await pool.withConnection { try await $0.execute("select pg_sleep(600)") } }
        try await until { pool.status.inUse > 0 }
        task.cancel()
        #expect(await result { try await task.value }?.kind == .cancelled)
        #expect(try await host() == folder.file("a"))
      }
      let error = await result {
        try await pool.withConnection { connection in
          _ = try await administrator.query(
            "select pg_terminate_backend($1, 10000)", [String(connection.server.backendPID)])
          _ = try await connection.query("select 1")
        }
      }
      #expect(error?.kind == .connectionLost)
      #expect(try await host() == folder.file("b"))
      await pool.close()
      await administrator.close()
    }
  }

  @Test("Calls outlast a restart of the server: they wait until it takes them again", .heavy)
  func restart() async throws {
    let server = try await TemporaryServer()
    let pool = PostgresPool(server.connectionString())
    let lost = try await withThrowingTaskGroup { group in
      for worker in 0..<16 {
        group.addTask {
          var lost = 0
          for round in 0..<40 {
            if worker == 0 && round % 10 == 5 { try await self.crash(pool) }
            // Only what was on its way when the server fell may fail.
            let error = await result { try await pool.withConnection { try await $0.answers() } }
            if error?.kind == .connectionLost { lost += 1 } else if let error { throw error }
          }
          return lost
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(lost < 16 * 40 / 2)
    #expect(!pool.status.isFailing)
    await pool.drain()
  }

  /// Kills a session, upon which the server ends all others and starts anew.
  private func crash(_ pool: PostgresPool) async throws {
    try await pool.withConnection { connection in
      #expect(kill(connection.server.backendPID, SIGKILL) == 0)
    }
  }

  @Test("Where no server is, one call learns it at once and another waits until its deadline")
  func unreachable() async throws {
    let failures = Mutex(0)
    var options = PostgresPoolOptions()
    options.onEvent = { event in
      if case .connectFailed(let error) = event, error.kind == .unreachable { failures.withLock { $0 += 1 } }
    }
    let pool = PostgresPool("host=/no/such/folder dbname=x user=y", options)
    let impatient = await result { try await pool.withConnection(retryingConnect: false) { _ in } }
    #expect(impatient?.kind == .unreachable)
    #expect(impatient?.message.contains("/no/such/folder") == true)
    #expect(pool.status.isFailing)
    let patient = await result { try await pool.withConnection(deadline: .milliseconds(100)) { _ in } }
    #expect(patient?.kind == .unreachable)
    #expect(patient?.message == impatient?.message)
    #expect(patient?.effect == PostgresError.Effect.none)
    #expect(failures.withLock { $0 } >= 1)
    await pool.close()
  }

  @Test("What can't get better by waiting fails at once")
  func permanent() async throws {
    let server = try await TemporaryServer.shared
    for (connectionString, code) in [
      (server.connectionString(database: "nowhere"), "3D000"),
      (server.connectionString() + " user=nobody", "28000"),
      (server.connectionString() + " options=-cno.such=1\\ -cwork_mem=x", "22023"),
      ("host='", nil), (server.connectionString() + " sslmode=maybe", nil),
      ("service=none-that-exists", nil),
    ] {
      let pool = PostgresPool(connectionString)
      let error = await result { try await pool.withConnection { _ in } }
      #expect(error?.kind == (code == nil ? .misuse : .unreachable))
      #expect(error?.sqlState?.rawValue == code)
      await pool.close()
    }
  }

  @Test("A server that takes few connections serves all calls with those", .heavy)
  func fewPlaces() async throws {
    let server = try await TemporaryServer(settings: ["superuser_reserved_connections = 0"])
    let administrator = try await PostgresConnection.connect(to: server.connectionString())
    try await administrator.execute("create role clerk login connection limit 2")
    var options = PostgresPoolOptions()
    options.maximumConnections = 8
    let pool = PostgresPool(server.connectionString() + " user=clerk", options)
    try await withThrowingTaskGroup { group in
      for _ in 0..<50 {
        group.addTask {
          try await pool.withConnection {
            _ = try await $0.query("select count(*) from generate_series(1, 20000)")
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(pool.status.open <= 2)
    await pool.close()
    await administrator.close()
  }
}
