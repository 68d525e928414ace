import PostgresClient
import TestSupport
import Testing

@Suite("Values")
struct ValueTests {
  @Test("Null and the empty text are told apart, both ways")
  func null() async throws {
    try await withConnection { connection in
      let result = try await connection.query(
        "select $1::text, $2::text, $1 is null, $2 is null, ''::text, null::text", [nil, ""])
      #expect(result.rows == [[nil, "", "t", "f", "", nil]])
    }
  }

  @Test(
    "Text comes back as it went in",
    arguments: ["李雷", "a'b\"c\\d", "🧾\n\t", String(repeating: "金额", count: 100_000)])
  func text(text: String) async throws {
    try await withConnection { (connection) async throws in
      #expect(try await connection.query("select $1::text", [text]).value == text)
      #expect(
        try await connection.query("select length($1)", [text]).value
          == String(text.unicodeScalars.count))
    }
  }

  @Test("Amounts keep all their digits")
  func amounts() async throws {
    try await withConnection { (connection) async throws in
      let amount = "123456789012345678901234567890.10"
      #expect(try await connection.query("select $1::numeric(40, 2)", [amount]).value == amount)
    }
  }

  @Test("Columns have names and kinds, without a row too")
  func columns() async throws {
    try await withConnection { connection in
      try await connection.execute("create domain money_amount as numeric(20, 2)")
      let sql = """
        select 1 as n, 1::money_amount as amount, current_date as d, now() as at, true as flag, 'x'::text as t,
          '{}'::jsonb as j where false
        """
      let result = try await connection.query(sql)
      #expect(result.rows.isEmpty)
      #expect(result.columns.map(\.name) == ["n", "amount", "d", "at", "flag", "t", "j"])
      #expect(
        result.columns.map(\.kind) == [.integer, .number, .date, .timestamp, .boolean, .text, .json])
      #expect(result.index(of: "flag") == 4)
      #expect(result.index(of: "none") == nil)
    }
  }

  @Test("Dates are written year first, whatever the database prefers")
  func dates() async throws {
    try await TemporaryServer.shared.withDatabase { connectionString in
      let first = try await PostgresConnection.connect(to: connectionString)
      try await first.execute(
        "alter role postgres in database \(first.server.database) set datestyle to german")
      await first.close()
      let second = try await PostgresConnection.connect(to: connectionString)
      #expect(try await second.query("select date '2026-11-25'").value == "2026-11-25")
      await second.close()
    }
  }

  @Test("The number of changed rows is told")
  func affected() async throws {
    try await withConnection { connection in
      try await connection.execute("create table t (n int)")
      let result = try await connection.query("insert into t select generate_series(1, 7)")
      #expect(result.affectedRows == 7)
      #expect(result.command == "INSERT 0 7")
      #expect(result.value == nil)
    }
  }

  @Test("As many parameters go as the protocol has room for, and one more is an error")
  func parameters() async throws {
    try await withConnection { (connection) async throws in
      let numbers = (1...65_535).map(String.init)
      let sql =
        "select count(*) from unnest(array[\(numbers.map { "$\($0)" }.joined(separator: ","))]::int[])"
      #expect(try await connection.query(sql, numbers).value == "65535")
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("select 1", numbers + ["65536"])
      }
      #expect(error?.kind == .misuse)
      #expect(connection.isOpen)
    }
  }
}
