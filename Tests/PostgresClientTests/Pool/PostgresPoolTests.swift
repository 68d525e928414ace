import PostgresClient
import TestSupport
import Testing

@Suite("A pool of connections")
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
}

/// Runs `body` with a pool on a new database.
func withPool(
  _ options: PostgresPoolOptions = PostgresPoolOptions(), _ body: (PostgresPool) async throws -> Void
) async throws {
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
