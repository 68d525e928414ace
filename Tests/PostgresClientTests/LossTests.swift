import Glibc
import PostgresClient
import TestSupport
import Testing

@Suite("Losing the connection", .endsInTime)
struct LossTests {
  private let sleep = "select pg_sleep(600)"

  @Test(
    "A server process killed in mid-statement is a lost connection whose statement may have taken effect",
    .heavy)
  func killed() async throws {
    let server = try await TemporaryServer()
    let connection = try await PostgresConnection.connect(to: server.connectionString())
    async let outcome = result { try await connection.query(sleep) }
    try await waitUntil(server.connectionString(), sees: connection, in: "PgSleep")
    #expect(kill(connection.server.backendPID, SIGKILL) == 0)
    let error = try #require(await outcome)
    #expect(error.kind == .connectionLost)
    #expect(error.isEffectUnknown)
    #expect(!connection.isOpen)
  }

  @Test("A session that the administrator ends is a lost connection in the server's words")
  func terminated() async throws {
    try await withTwoConnections { connection, other in
      async let outcome = result { try await connection.query(sleep) }
      try await waitUntil(other, sees: connection, in: "PgSleep")
      _ = try await other.query(
        "select pg_terminate_backend($1)", [String(connection.server.backendPID)])
      let error = try #require(await outcome)
      #expect(error.kind == .connectionLost)
      #expect(error.sqlState == .adminShutdown)
      #expect(error.message == "terminating connection due to administrator command")
    }
  }

  @Test("A session that ended while nothing ran is noticed by the next statement")
  func terminatedIdle() async throws {
    try await withTwoConnections { connection, other in
      _ = try await other.query(
        "select pg_terminate_backend($1, 10000)", [String(connection.server.backendPID)])
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("select 1")
      }
      #expect(error?.kind == .connectionLost)
      #expect(!connection.isOpen)
    }
  }

  @Test("A connection lost inside a transaction has changed nothing")
  func insideTransaction() async throws {
    try await withTwoConnections { connection, other in
      let error = await #expect(throws: PostgresError.self) {
        try await connection.transaction { connection in
          _ = try await other.query(
            "select pg_terminate_backend($1, 10000)", [String(connection.server.backendPID)])
          _ = try await connection.query("select 1")
        }
      }
      #expect(error?.kind == .connectionLost)
      #expect(error?.effect == PostgresError.Effect.none)
    }
  }

  @Test("A connection lost at the commit leaves open whether it happened")
  func atCommit() async throws {
    try await withTwoConnections { connection, other in
      let error = await #expect(throws: PostgresError.self) {
        try await connection.transaction { connection in
          _ = try await other.query(
            "select pg_terminate_backend($1, 10000)", [String(connection.server.backendPID)])
        }
      }
      #expect(error?.kind == .connectionLost)
      #expect(error?.isEffectUnknown == true)
    }
  }

  @Test(
    "A commit whose synchronous standby did not confirm is no success, even in a session that hides warnings",
    .heavy, arguments: ["", " options=-cclient_min_messages=error"])
  func unconfirmed(options: String) async throws {
    let server = try await TemporaryServer(settings: ["synchronous_standby_names = 'nobody'"])
    let connection = try await PostgresConnection.connect(to: server.connectionString() + options)
    let other = try await PostgresConnection.connect(to: server.connectionString())
    async let outcome = result { try await connection.query("create table t (n int)", prepared: true) }
    try await waitUntil(other, sees: connection, in: "SyncRep")
    _ = try await other.query(
      "select pg_cancel_backend($1)", [String(connection.server.backendPID)])
    let error = try #require(await outcome)
    #expect(error.kind == .replicationUnconfirmed)
    #expect(error.isEffectUnknown)
    #expect(try await connection.query("select 1").value == "1")
  }

  @Test("Closing breaks off the statement that runs")
  func closing() async throws {
    try await withTwoConnections { connection, other in
      async let outcome = result { try await connection.query(sleep) }
      try await waitUntil(other, sees: connection, in: "PgSleep")
      await connection.close()
      let error = try #require(await outcome)
      #expect(error.kind == .closed)
      #expect(error.isEffectUnknown)
    }
  }
}
