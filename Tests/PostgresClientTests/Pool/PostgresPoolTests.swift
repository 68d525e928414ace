import Synchronization
import TestSupport
import Testing

@testable import PostgresClient

@Suite("A pool of connections", .endsInTime)
struct PostgresPoolTests {
  @Test("Many tasks share few connections, and none has another's")
  func sharing() async throws {
    try await withPool { pool in
      let pids = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<200 {
          group.addTask {
            try await pool.withConnection { connection in
              try await connection.transaction { connection in
                // Whoever shared the connection would find the other's number here.
                let sql = "select set_config('ledger.who', $1, true), pg_backend_pid()"
                let number = String(Int.random(in: 0..<1_000_000_000))
                let row = try await connection.query(sql, [number]).rows[0]
                await Task.yield()
                let found = try await connection.query("select current_setting('ledger.who')").value
                #expect(found == number)
                return row[1] ?? ""
              }
            }
          }
        }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect((1...4).contains(pids.count))
    }
  }

  @Test("A wait that is cancelled or comes to its deadline ends, and takes no connection with it")
  func endedWaits() async throws {
    try await withPool(connections: 1) { pool in
      try await pool.withConnection { _ in
        let error = await result { try await pool.withConnection(deadline: .milliseconds(20)) { _ in } }
        #expect(error?.kind == .deadlineExceeded)
        #expect(error?.effect == PostgresError.Effect.none)

        let waiting = Task { try await pool.withConnection { _ in } }
        try await until { pool.status.waiting > 0 }
        waiting.cancel()
        #expect(await result { try await waiting.value }?.kind == .cancelled)

        let cancelledBefore = Task {
          withUnsafeCurrentTask { $0?.cancel() }
          try await pool.withConnection { _ in }
        }
        #expect(await result { try await cancelledBefore.value }?.kind == .cancelled)
      }
      #expect(pool.status == PostgresPoolStatus(open: 1, inUse: 0, waiting: 0, isFailing: false))
      #expect(try await pool.withConnection { try await $0.answers() })
    }
  }

  @Test("A thousand tasks, some of them cancelled, all come to an end, and the connections stay whole")
  func crowd() async throws {
    try await withPool { pool in
      let outcomes = await withTaskGroup { group in
        for number in 0..<1_000 {
          group.addTask {
            let task = Task {
              try await pool.withConnection { try await $0.query("select $1::int", [String(number)]).value }
            }
            if number % 7 == 0 { task.cancel() }
            return (number, await task.result)
          }
        }
        return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      for (number, outcome) in outcomes {
        switch outcome {
        case .success(let value): #expect(value == String(number))
        case .failure(let error): #expect(number % 7 == 0 && (error as? PostgresError)?.kind == .cancelled)
        }
      }
      #expect(pool.status.inUse == 0 && pool.status.waiting == 0)
    }
  }

  @Test("What a caller leaves unfinished goes with its connection")
  func unfinished() async throws {
    try await withPool(connections: 1) { pool in
      let first = try await pool.withConnection { connection in
        try await connection.execute("begin; create table t (n int)")
        return connection.server.backendPID
      }
      let second = try await pool.withConnection { (connection) async throws in
        #expect(try await connection.query("select to_regclass('t')").value == nil)
        return connection.server.backendPID
      }
      #expect(first != second)

      let left = try await pool.withConnection { connection in
        let task = Task { await result { try await connection.query("select pg_sleep(600)") } }
        try await until { !connection.turns.isFree }
        return task
      }
      #expect(await left.value?.kind == .closed)
      #expect(try await pool.withConnection { try await $0.answers() })
    }
  }

  @Test("Every connection that was opened is said to be closed in the end")
  func events() async throws {
    let open = Mutex<[Int32: Int]>([:])
    var options = PostgresPoolOptions()
    options.onEvent = { event in
      switch event {
      case .opened(let server): open.withLock { $0[server.backendPID, default: 0] += 1 }
      case .closed(let server): open.withLock { $0[server.backendPID, default: 0] -= 1 }
      case .connectFailed(let error): Issue.record(error)
      }
    }
    try await withPool(connections: 3, options) { pool in
      try await withThrowingTaskGroup { group in
        for _ in 1...20 { group.addTask { try await pool.withConnection { $0.retire() } } }
        try await group.waitForAll()
      }
      await pool.drain()
    }
    #expect(open.withLock { $0.count } >= 2)
    // An attempt that was under way when the pool was drained ends after it.
    try await until { open.withLock { $0.values.allSatisfy { $0 == 0 } } }
  }

  @Test("Draining waits for what is in use and takes nothing new")
  func draining() async throws {
    try await withPool { pool in
      let drained = try await pool.withConnection { (connection) async throws in
        let drained = Task { await pool.drain() }
        try await until { await result { try await pool.withConnection { _ in } } != nil }
        #expect(await result { try await pool.withConnection { _ in } }?.kind == .closed)
        #expect(try await connection.answers())
        return drained
      }
      await drained.value
      #expect(pool.status.open == 0)
      await pool.drain()
    }
  }

  @Test("Closing, or cancelling the draining, breaks off what is in use", arguments: [false, true])
  func closing(byDraining: Bool) async throws {
    try await withPool(connections: 1) { pool in
      let working = Task {
        await result { try await pool.withConnection { try await $0.query("select pg_sleep(600)") } }
      }
      try await until { pool.status.inUse > 0 }
      let waiting = Task { await result { try await pool.withConnection { _ in } } }
      try await until { pool.status.waiting > 0 }
      if byDraining {
        let draining = Task { await pool.drain() }
        draining.cancel()
        await draining.value
      } else {
        await pool.close()
      }
      #expect(await working.value?.kind == .closed)
      #expect(await waiting.value?.kind == .closed)
      #expect(pool.status.open == 0)
    }
  }
}

/// Runs `body` with a pool on a new database.
func withPool(
  connections: Int = 4, _ options: PostgresPoolOptions = PostgresPoolOptions(),
  _ body: (PostgresPool) async throws -> Void
) async throws {
  var options = options
  options.maximumConnections = connections
  try await TemporaryServer.shared.withDatabase { connectionString in
    let pool = PostgresPool(connectionString, options)
    do {
      try await body(pool)
      await pool.close()
    } catch {
      await pool.close()
      throw error
    }
  }
}
