import Foundation
import PostgresClient
import TestSupport
import Testing

@Suite("Streams", .endsInTime)
struct StreamTests {
  private struct Stop: Error {}

  @Test("A million rows pass in constant memory", .disabled(if: ProcessMemory.isSanitized))
  func constantMemory() async throws {
    // In a process of its own, since other tests use memory meanwhile. Not an exit test: the thread that waits for those
    // keeps a processor busy for as long as any child of the tests has ended that nobody has asked about.
    let alone = Program(path: CommandLine.arguments[0], environment: [Self.aloneVariable: "yes"])
    let run = try await alone.run([
      "--testing-library", "swift-testing", "--filter", "StreamTests/millionRows",
    ])
    #expect(run.exitCode == 0 && run.output.contains(Self.done), "\(run.output)\(run.errors)")
  }

  private static let aloneVariable = "TESTED_ALONE"
  private static let done = "A million rows passed."

  @Test(
    "A million rows pass in constant memory, with no other test in the process",
    .enabled(if: ProcessInfo.processInfo.environment[aloneVariable] != nil))
  func millionRows() async throws {
    try await withConnection { connection in
      var count = 0
      let before = ProcessMemory.residentBytes
      var most = before
      try await connection.stream("select n, repeat('x', 100) from generate_series(1, 1000000) n") {
        _, row in
        count += 1
        if count.isMultiple(of: 10_000) { most = max(most, ProcessMemory.residentBytes) }
      }
      // The rows are more than 100 MB.
      #expect(count == 1_000_000)
      #expect(most - before < 20_000_000)
    }
    print(Self.done)
  }

  @Test("Rows come in order, each once")
  func order() async throws {
    try await withConnection { connection in
      var numbers: [Int?] = []
      let columns = try await connection.stream(
        "select n, 'x'::text from generate_series(1, 20000) n"
      ) { _, row in
        numbers.append(row[0].flatMap { Int($0) })
      }
      #expect(numbers == Array(1...20_000))
      #expect(columns.map(\.kind) == [.integer, .text])
    }
  }

  @Test("A stream without rows still tells its columns")
  func noRows() async throws {
    try await withConnection { connection in
      var count = 0
      let columns = try await connection.stream("select 1 as a, 2 as b where false") { _, _ in
        count += 1
      }
      #expect(columns.map(\.name) == ["a", "b"])
      #expect(count == 0)
    }
  }

  @Test("A stream tells its columns however its rows fall into batches", arguments: 509...514)
  func batches(count: Int) async throws {
    try await withConnection { connection in
      var rows = 0
      let sql = "select n as a from generate_series(1, $1::int) n"
      let columns = try await connection.stream(sql, [String(count)]) { columns, _ in
        #expect(columns.map(\.name) == ["a"])
        rows += 1
      }
      #expect(columns.map(\.name) == ["a"])
      #expect(rows == count)
    }
  }

  @Test("A row larger than a batch comes through, null beside empty")
  func largeRow() async throws {
    try await withConnection { connection in
      var rows: [PostgresRow] = []
      try await connection.stream("select repeat('x', $1::int), null, ''", ["3000000"]) { _, row in
        rows.append(row)
      }
      #expect(rows == [[String(repeating: "x", count: 3_000_000), nil, ""]])
    }
  }

  @Test("An error after some rows is thrown, and the connection goes on")
  func errorMidway() async throws {
    try await withConnection { (connection) async throws in
      var count = 0
      let error = await #expect(throws: PostgresError.self) {
        try await connection.stream("select 1000 / (5000 - n) from generate_series(1, 10000) n") {
          _, _ in count += 1
        }
      }
      #expect(error?.sqlState?.rawValue == "22012")
      #expect(count > 0)
      #expect(try await connection.query("select 1").value == "1")
    }
  }

  @Test("A body that throws ends the stream and the connection")
  func bodyThrows() async throws {
    try await withConnection { connection in
      await #expect(throws: Stop.self) {
        try await connection.stream("select * from generate_series(1, 1000000)") { _, _ in
          throw Stop()
        }
      }
      #expect(!connection.isOpen)
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("select 1")
      }
      #expect(error?.kind == .closed)
    }
  }

  @Test("Rows that go on coming end by the deadline")
  func endless() async throws {
    try await withConnection { connection in
      let error = await result {
        try await connection.stream("select generate_series(1, 1000000000000)", deadline: .milliseconds(50)) {
          _, _ in
        }
      }
      #expect(error?.kind == .deadlineExceeded)
      #expect(!connection.isOpen)
    }
  }

  @Test("What the body takes doesn't count to the deadline, nor in a transaction", arguments: [false, true])
  func slowBody(inTransaction: Bool) async throws {
    try await withConnection { connection in
      let deadline = Duration.seconds(10)
      if inTransaction {
        try await connection.transaction(.reading, deadline: deadline) { try await readSlowly($0, deadline) }
      } else {
        try await readSlowly(connection, deadline)
      }
    }
  }

  /// Stands still at the first of some rows, too long to come at once, until the deadline has passed.
  private func readSlowly(_ connection: PostgresConnection, _ deadline: Duration) async throws {
    var sizes: [Int] = []
    let sql = "select repeat('x', 1000000) from generate_series(1, 4)"
    try await connection.streamBatches(sql, deadline: deadline) { _, rows in
      sizes.append(rows.count)
      if sizes.count == 1 {
        try await until(.now + deadline)
      }
    }
    #expect(sizes.count > 1 && sizes.reduce(0, +) == 4)
  }

  @Test("A statement inside a stream's body is refused instead of waiting for itself")
  func insideBody() async throws {
    try await withConnection { connection in
      let error = await #expect(throws: PostgresError.self) {
        try await connection.stream("select * from generate_series(1, 3)") { _, _ in
          _ = try await connection.query("select 1")
        }
      }
      #expect(error?.kind == .misuse)
    }
  }

  @Test("Other tasks' statements wait for the end of a stream")
  func others() async throws {
    try await withConnection { connection in
      try await connection.execute("create table t (n int)")
      var other: Task<String?, any Error>?
      var count = 0
      try await connection.stream("select * from generate_series(1, 20000)") { _, _ in
        count += 1
        if other == nil {
          other = Task.detached {
            try await connection.query("insert into t values (1) returning n").value
          }
        }
      }
      #expect(count == 20_000)
      #expect(try await other?.value == "1")
    }
  }
}
