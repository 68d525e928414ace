import PostgresClient
import TestSupport
import Testing

@Suite("COPY")
struct CopyTests {
  private struct Torn: Error {}
  private let table = "create table t (n int primary key, note text)"

  @Test("A text is copied in, an empty cell as null")
  func text() async throws {
    try await withConnection { connection in
      try await connection.execute(table)
      let rows = try await connection.copyIn(
        "copy t from stdin (format csv, header)", "n,note\n1,\n2,\"a,\nb\"\n")
      #expect(rows == 2)
      #expect(
        try await connection.query("select * from t order by n").rows == [
          ["1", nil], ["2", "a,\nb"],
        ])
    }
  }

  @Test("Chunks may be cut anywhere")
  func chunks() async throws {
    try await withConnection { connection in
      try await connection.execute(table)
      var left = Array("1\tone\n2\t二\n".utf8)[...]
      let rows = try await connection.copyIn("copy t from stdin") { left.popFirst().map { [$0] } }
      #expect(rows == 2)
      #expect(try await connection.query("select note from t where n = 2").value == "二")
    }
  }

  @Test("A bad row fails the COPY as a whole, and the connection goes on", arguments: [3, 60_000])
  func badRow(row: Int) async throws {
    try await withConnection { connection in
      try await connection.execute(table)
      var chunks = (0..<1_000).map { chunk in
        (1...100).map { $0 + chunk * 100 }.map { "\($0 == row ? "x" : String($0))\tnote\n" }
          .joined()
      }[...]
      let error = await #expect(throws: PostgresError.self) {
        try await connection.copyIn("copy t from stdin") {
          chunks.popFirst().map { Array($0.utf8) }
        }
      }
      #expect(error?.kind == .server)
      #expect(error?.sqlState == .invalidTextRepresentation)
      #expect(error?.fields.context?.hasPrefix("COPY t, line \(row), column n") == true)
      #expect(try await connection.query("select count(*) from t").value == "0")
    }
  }

  @Test("A source that fails midway leaves nothing behind, and the connection goes on")
  func tornSource() async throws {
    try await withConnection { connection in
      try await connection.execute(table)
      var isFirst = true
      await #expect(throws: Torn.self) {
        try await connection.copyIn("copy t from stdin") {
          guard isFirst else { throw Torn() }
          isFirst = false
          return Array("1\tone\n".utf8)
        }
      }
      #expect(try await connection.query("select count(*) from t").value == "0")
    }
  }

  @Test("What is copied out is what was copied in")
  func out() async throws {
    try await withConnection { connection in
      try await connection.execute(table)
      let text = (1...50_000).map { "\($0)\tnote \($0)\n" }.joined()
      #expect(try await connection.copyIn("copy t from stdin", text) == 50_000)
      var bytes: [UInt8] = []
      try await connection.copyOut("copy t to stdout") { bytes += $0 }
      #expect(bytes == Array(text.utf8))
      #expect(try await connection.query("select count(*) from t").value == "50000")
    }
  }

  @Test("A statement that is no COPY, or copies the other way, is refused")
  func otherStatement() async throws {
    try await withConnection { connection in
      try await connection.execute(table)
      let error = await #expect(throws: PostgresError.self) {
        try await connection.copyIn("select 1", "")
      }
      #expect(error?.kind == .misuse)
      #expect(connection.isOpen)
      let missing = await #expect(throws: PostgresError.self) {
        try await connection.copyIn("copy no from stdin", "")
      }
      #expect(missing?.sqlState == .undefinedTable)
      #expect(connection.isOpen)
      let other = await #expect(throws: PostgresError.self) {
        try await connection.copyOut("copy t from stdin") { _ in }
      }
      #expect(other?.kind == .misuse)
    }
  }

  @Test("A deadline that passes between two pieces ends a COPY whose next piece is there already")
  func late() async throws {
    try await withConnection { connection in
      let deadline = Duration.seconds(1)
      var count = 0
      let error = await result {
        try await connection.copyOut(
          "copy (select generate_series(1, 1000000000000)) to stdout", deadline: deadline
        ) { _ in
          count += 1
          try await until(.now + deadline)
        }
      }
      #expect(error?.kind == .deadlineExceeded)
      #expect(count <= 1)
      #expect(!connection.isOpen)
    }
  }
}
