import Glibc
import PostgresClient
import TestSupport
import Testing

@Suite("Deadlines and cancellation", .endsInTime)
struct DeadlineTests {
  private let sleep = "select pg_sleep(600)"
  private let soon = Duration.milliseconds(50)

  @Test("A deadline that passes in mid-statement closes the connection")
  func statement() async throws {
    try await withConnection { connection in
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query(sleep, deadline: soon)
      }
      #expect(error?.kind == .deadlineExceeded)
      #expect(error?.isEffectUnknown == true)
      #expect(!connection.isOpen)
    }
  }

  @Test(
    "A call without a deadline has the connection's, a statement in a transaction also the transaction's"
  )
  func inherited() async throws {
    var options = PostgresConnectOptions()
    options.deadline = .seconds(120)
    try await withConnection(options: options) { connection in
      let error = await #expect(throws: PostgresError.self) {
        try await connection.transaction(deadline: soon) { try await $0.execute(sleep) }
      }
      #expect(error?.kind == .deadlineExceeded)
      #expect(error?.effect == PostgresError.Effect.none)
    }
    options.deadline = .seconds(5)
    try await withConnection(options: options) { connection in
      let error = await #expect(throws: PostgresError.self) { try await connection.execute(sleep) }
      #expect(error?.kind == .deadlineExceeded)
    }
  }

  @Test("A server that says nothing is given up by a call without a deadline alone")
  func silence() async throws {
    var options = PostgresConnectOptions()
    options.silence = soon
    try await TemporaryServer.shared.withDatabase { connectionString in
      let holder = try await PostgresConnection.connect(to: connectionString)
      let patient = try await PostgresConnection.connect(to: connectionString, options)
      let impatient = try await PostgresConnection.connect(to: connectionString, options)
      try await holder.execute("select pg_advisory_lock(1)")
      async let waited: Void = patient.execute("select pg_advisory_lock(1)", deadline: .seconds(120))
      try await waitUntil(holder, sees: patient, in: "advisory")
      // When this one is given up, the other has heard nothing for longer.
      let error = await #expect(throws: PostgresError.self) { try await impatient.execute(sleep) }
      #expect(error?.kind == .deadlineExceeded)
      try await holder.execute("select pg_advisory_unlock(1)")
      try await waited
      for connection in [holder, patient, impatient] { await connection.close() }
    }
  }

  @Test("Statements that were given up don't wait on in the server for a lock that is still held")
  func givenUp() async throws {
    try await TemporaryServer.shared.withDatabase { connectionString in
      let holder = try await PostgresConnection.connect(to: connectionString)
      try await holder.execute("select pg_advisory_lock(1)")
      for _ in 1...3 {
        let connection = try await PostgresConnection.connect(to: connectionString)
        let lock = "select pg_advisory_lock(1)"
        let error = await result { try await connection.query(lock, prepared: true, deadline: .seconds(1)) }
        #expect(error?.kind == .deadlineExceeded)
      }
      let waiting = "select count(*) from pg_stat_activity where wait_event = 'advisory'"
      let sql = "\(waiting) and datname = current_database()"
      try await until { try await holder.query(sql).value == "0" }
      #expect(try await holder.query("select pg_advisory_unlock(1)").value == "t")
      await holder.close()
    }
  }

  @Test("A session's own interval for looking after its client stays")
  func ownInterval() async throws {
    try await TemporaryServer.shared.withDatabase { connectionString in
      let own = connectionString + " options=-cclient_connection_check_interval=7s"
      for (connectionString, interval) in [(own, "7s"), (connectionString, "2s")] {
        let connection = try await PostgresConnection.connect(to: connectionString)
        _ = try await connection.query("select", prepared: true)
        #expect(try await connection.query("show client_connection_check_interval").value == interval)
        await connection.close()
      }
    }
  }

  @Test("Waiting for a connection in use ends by the waiter's own deadline and disturbs nobody")
  func waiting() async throws {
    try await withTwoConnections { connection, other in
      async let outcome = result { try await connection.query(sleep) }
      try await waitUntil(other, sees: connection, in: "PgSleep")
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("select 1", deadline: soon)
      }
      #expect(error?.kind == .deadlineExceeded)
      #expect(error?.effect == PostgresError.Effect.none)
      #expect(connection.isOpen)
      await connection.close()
      #expect(await outcome?.kind == .closed)
    }
  }

  @Test(
    "A server that stands still ends a stream, a COPY and a statement by their deadline",
    arguments: 0..<3)
  func frozen(kind: Int) async throws {
    try await withConnection { connection in
      try await connection.execute("create table t (n int)")
      #expect(kill(connection.server.backendPID, SIGSTOP) == 0)
      defer { kill(connection.server.backendPID, SIGCONT) }
      let error = await #expect(throws: PostgresError.self) {
        switch kind {
        case 0: try await connection.stream("select 1", deadline: soon) { _, _ in }
        case 1:
          try await connection.execute(
            "select 1 -- " + String(repeating: "x", count: 10_000_000), deadline: soon)
        default: _ = try await connection.copyIn("copy t from stdin", "1\n", deadline: soon)
        }
      }
      #expect(error?.kind == .deadlineExceeded)
      #expect(!connection.isOpen)
    }
  }

  @Test("A COPY whose server stops reading ends by its deadline instead of filling memory")
  func frozenCopy() async throws {
    try await withConnection { connection in
      try await connection.execute("create table t (n int)")
      let chunk = Array(String(repeating: "1\n", count: 32_768).utf8)
      defer { kill(connection.server.backendPID, SIGCONT) }
      var count = 0
      let error = await #expect(throws: PostgresError.self) {
        try await connection.copyIn("copy t from stdin", deadline: .milliseconds(200)) {
          count += 1
          if count == 2 { kill(connection.server.backendPID, SIGSTOP) }
          return chunk
        }
      }
      #expect(error?.kind == .deadlineExceeded)
      #expect(count < 100)
    }
  }

  @Test("A task cancelled in mid-statement returns at once and closes the connection")
  func cancelled() async throws {
    try await withTwoConnections { connection, other in
      let task = Task { await result { try await connection.query(sleep) } }
      try await waitUntil(other, sees: connection, in: "PgSleep")
      task.cancel()
      let error = try #require(await task.value)
      #expect(error.kind == .cancelled)
      #expect(error.isEffectUnknown)
      #expect(!connection.isOpen)
    }
  }

  @Test("A task cancelled while it waits for its turn disturbs nobody")
  func cancelledWaiter() async throws {
    try await withTwoConnections { connection, other in
      async let outcome = result { try await connection.query(sleep) }
      try await waitUntil(other, sees: connection, in: "PgSleep")
      let waiter = Task { await result { try await connection.query("select 1") } }
      waiter.cancel()
      #expect(await waiter.value?.kind == .cancelled)
      #expect(connection.isOpen)
      await connection.close()
      #expect(await outcome?.kind == .closed)
    }
  }

  @Test(
    "A task cancelled in a transaction between statements rolls back and leaves the connection usable"
  )
  func cancelledTransaction() async throws {
    try await withConnection { connection in
      try await connection.execute("create table t (n int)")
      let task = Task {
        await result {
          try await connection.transaction { connection in
            _ = try await connection.query("insert into t values (1)")
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await connection.query("insert into t values (2)")
          }
        }
      }
      #expect(await task.value?.kind == .cancelled)
      #expect(try await connection.query("select count(*) from t").value == "0")
    }
  }

  @Test("Connecting to a server that takes no notice ends by the deadline")
  func connecting() async throws {
    // A socket that listens, but that nobody answers.
    let silent = try SilentServer()
    var options = PostgresConnectOptions()
    options.deadline = soon
    let error = await #expect(throws: PostgresError.self) {
      try await PostgresConnection.connect(to: silent.connectionString, options)
    }
    #expect(error?.kind == .deadlineExceeded)
  }
}
