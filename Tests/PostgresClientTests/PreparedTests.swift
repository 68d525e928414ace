import PostgresClient
import TestSupport
import Testing

@Suite("Prepared statements")
struct PreparedTests {
  private let count = "select count(*) from pg_prepared_statements"

  @Test("A statement is prepared once and used again")
  func again() async throws {
    try await withConnection { (connection) async throws in
      for number in ["1", "2", "3"] {
        #expect(
          try await connection.query("select $1::int", [number], prepared: true).value == number)
      }
      #expect(try await connection.query(count).value == "1")
    }
  }

  @Test("What fails at the commit of a session's first statement, as of any other, is the server's refusal")
  func failedCommit() async throws {
    try await withConnection { connection in
      try await connection.execute("create table t (n int unique deferrable initially deferred)")
      let twice = "insert into t values (1), (1)"
      for _ in 1...2 {
        let error = await result { try await connection.query(twice, prepared: true) }
        #expect(error?.kind == .server)
        #expect(error?.effect == PostgresError.Effect.none)
        #expect(error?.sqlState == .uniqueViolation)
      }
      #expect(try await connection.query("select count(*) from t", prepared: true).value == "0")
    }
  }

  @Test("Nothing is prepared where that is switched off")
  func off() async throws {
    var options = PostgresConnectOptions()
    options.preparesStatements = false
    try await withConnection(options: options) { (connection) async throws in
      #expect(try await connection.query("select $1::int", ["1"], prepared: true).value == "1")
      #expect(try await connection.query(count).value == "0")
    }
  }

  @Test("Once one was prepared, the session compiles none, whatever the server does")
  func uncompiled() async throws {
    try await TemporaryServer.shared.withDatabase { url in
      try await PostgresConnection.withConnection(to: url + " options=-cjit=on") {
        (connection) async throws in
        #expect(try await connection.query("show jit").value == "on")
        #expect(try await connection.query("show jit", prepared: true).value == "off")
        #expect(try await connection.query("show jit").value == "off")
      }
    }
  }

  @Test("A statement whose columns have changed, or that the session lost, runs all the same")
  func stale() async throws {
    try await withConnection { connection in
      try await connection.execute("create table t (a int); insert into t values (1)")
      for _ in 1...2 {
        #expect(try await connection.query("select * from t", prepared: true).rows == [["1"]])
      }
      try await connection.execute("alter table t add b text default 'x'")
      #expect(try await connection.query("select * from t", prepared: true).rows == [["1", "x"]])
      #expect(try await connection.query("select * from t", prepared: true).rows == [["1", "x"]])
      try await connection.execute("deallocate all")
      #expect(try await connection.query("select * from t", prepared: true).rows == [["1", "x"]])
    }
  }

  @Test("Statements that differ each time are not kept without end")
  func limit() async throws {
    try await withConnection { connection in
      for number in 1...300 { _ = try await connection.query("select \(number)", prepared: true) }
      #expect(try await connection.query(count).value == "256")
    }
  }
}
