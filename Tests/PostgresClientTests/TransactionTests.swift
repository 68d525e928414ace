import PostgresClient
import TestSupport
import Testing

@Suite("Transactions")
struct TransactionTests {
  private struct Change: Error {}
  private let table = "create table t (n int primary key deferrable initially deferred)"
  private let count = "select count(*) from t"

  @Test("What was done is kept")
  func commit() async throws {
    try await withConnection { connection in
      try await connection.execute(table)
      let value = try await connection.transaction { connection in
        _ = try await connection.query("insert into t values (1)")
        try await connection.copyIn("copy t from stdin", "2\n3\n")
        return try await connection.query(count).value
      }
      #expect(value == "3")
      #expect(try await connection.query(count).value == "3")
    }
  }

  @Test("A body that throws undoes everything")
  func rollback() async throws {
    try await withConnection { connection in
      try await connection.execute(table)
      await #expect(throws: Change.self) {
        try await connection.transaction { connection in
          _ = try await connection.query("insert into t values (1)")
          throw Change()
        }
      }
      #expect(connection.isOpen)
      #expect(try await connection.query(count).value == "0")
    }
  }

  @Test("A trial run undoes everything and returns its value")
  func trial() async throws {
    try await withConnection { connection in
      try await connection.execute(table)
      let value = try await connection.transaction(rollingBack: true) { connection in
        try await connection.query("insert into t values (1) returning n").value
      }
      #expect(value == "1")
      #expect(try await connection.query(count).value == "0")
    }
  }

  @Test("An error that the body passes over is not taken for a commit")
  func passedOver() async throws {
    try await withConnection { connection in
      try await connection.execute(table)
      let error = await #expect(throws: PostgresError.self) {
        try await connection.transaction { connection in
          _ = try await connection.query("insert into t values (1)")
          _ = try? await connection.query("select 1/0")
        }
      }
      #expect(error?.kind == .rolledBack)
      #expect(try await connection.query(count).value == "0")
    }
  }

  @Test("A constraint that is checked at the commit fails the transaction")
  func deferred() async throws {
    try await withConnection { connection in
      try await connection.execute(table)
      let error = await #expect(throws: PostgresError.self) {
        try await connection.transaction { connection in
          _ = try await connection.query("insert into t values (1), (1)")
        }
      }
      #expect(error?.sqlState == .uniqueViolation)
      #expect(try await connection.query(count).value == "0")
    }
  }

  @Test("A commit has a deadline of its own, after that of its transaction", .endsInTime)
  func lateCommit() async throws {
    try await withTwoConnections { connection, other in
      try await connection.execute(
        """
        create table t (n int);
        create function wait() returns trigger language plpgsql as $$
          begin perform pg_advisory_xact_lock(1); return null; end $$;
        create constraint trigger wait after insert on t deferrable initially deferred
          for each row execute function wait()
        """)
      try await other.execute("select pg_advisory_lock(1)")
      let deadline = Duration.seconds(10)
      async let outcome = result {
        try await connection.transaction(deadline: deadline, commitDeadline: .seconds(600)) {
          _ = try await $0.query("insert into t values (1)")
        }
      }
      try await waitUntil(other, sees: connection, in: "advisory")
      try await until(.now + deadline)
      try await other.execute("select pg_advisory_unlock(1)")
      #expect(await outcome == nil)
      #expect(try await other.query(count).value == "1")
    }
  }

  @Test("Statements of other tasks don't get into a transaction; those of child tasks do")
  func others() async throws {
    try await withConnection { connection in
      try await connection.execute(table)
      var outsider: Task<String?, any Error>?
      try await connection.transaction { connection in
        outsider = Task.detached { try await connection.query(count).value }
        async let first = connection.query("insert into t values (1)")
        async let second = connection.query("insert into t values (2)")
        _ = try await (first, second)
        try await connection.stream("select n from t") { _, _ in }
        _ = try await connection.query("insert into t values (3)")
      }
      #expect(try await outsider?.value == "3")
    }
  }

  @Test("A transaction inside a transaction is refused")
  func nested() async throws {
    try await withConnection { connection in
      let error = await #expect(throws: PostgresError.self) {
        try await connection.transaction { connection in try await connection.transaction { _ in } }
      }
      #expect(error?.kind == .misuse)
      #expect(connection.isOpen)
    }
  }

  @Test("A snapshot sees one state throughout and changes nothing")
  func snapshot() async throws {
    try await TemporaryServer.shared.withDatabase { connectionString in
      let reader = try await PostgresConnection.connect(to: connectionString)
      let writer = try await PostgresConnection.connect(to: connectionString)
      try await writer.execute(table)
      try await reader.transaction(.snapshot) { reader in
        #expect(try await reader.query(count).value == "0")
        try await writer.execute("insert into t values (1)")
        #expect(try await reader.query(count).value == "0")
      }
      let error = await #expect(throws: PostgresError.self) {
        try await reader.transaction(.snapshot) { try await $0.execute("insert into t values (2)") }
      }
      #expect(error?.sqlState == .readOnlyTransaction)
      await reader.close()
      await writer.close()
    }
  }

  @Test("Transactions of many tasks on one connection come one after the other")
  func many() async throws {
    try await withConnection { connection in
      try await connection.execute("create table total (n int); insert into total values (0)")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 1...50 {
          group.addTask {
            try await connection.transaction { connection in
              let value =
                try await connection.query("select n from total").value.flatMap { Int($0) } ?? 0
              _ = try await connection.query("update total set n = $1", [String(value + 1)])
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await connection.query("select n from total").value == "50")
    }
  }
}
