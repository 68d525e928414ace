import PostgresClient
import TestSupport
import Testing

@Suite("What a server refuses")
struct ErrorTests {
  @Test("A broken constraint is named, with its SQLSTATE and table")
  func constraint() async throws {
    try await withConnection { connection in
      try await connection.execute("create table purse (owner text constraint purse_owner unique)")
      _ = try await connection.query("insert into purse values ($1)", ["Li"])
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("insert into purse values ($1)", ["Li"])
      }
      #expect(error?.kind == .server)
      #expect(error?.sqlState == .uniqueViolation)
      #expect(error?.constraint == "purse_owner")
      #expect(error?.table == "purse")
      #expect(error?.effect == PostgresError.Effect.none)
    }
  }

  @Test(
    "A server that says it doesn't know what it has done is taken at its word", arguments: ["08007", "40003"])
  func open(code: String) async throws {
    try await withConnection { (connection) async throws in
      let script = "do $$ begin raise exception 'who knows' using errcode = '\(code)'; end $$"
      let error = await result { try await connection.execute(script) }
      #expect(error?.kind == .server)
      #expect(error?.isEffectUnknown == true)
      #expect(try await connection.answers())
    }
  }

  @Test("A description holds no value of a parameter")
  func description() async throws {
    try await withConnection { connection in
      try await connection.execute("create table purse (owner text constraint purse_owner unique)")
      _ = try await connection.query("insert into purse values ($1)", ["Li"])
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("insert into purse values ($1)", ["Li"])
      }
      #expect(
        error?.description == """
          duplicate key value violates unique constraint "purse_owner" (SQLSTATE 23505, purse_owner)
          """)
    }
  }

  @Test("A refused statement leaves the connection usable")
  func usable() async throws {
    try await withConnection { (connection) async throws in
      for sql in ["selec 1", "select 1/0", "select no_such_column"] {
        await #expect(throws: PostgresError.self) { try await connection.query(sql) }
        await #expect(throws: PostgresError.self) { try await connection.execute(sql) }
        await #expect(throws: PostgresError.self) {
          try await connection.query(sql, prepared: true)
        }
      }
      #expect(try await connection.query("select 1").value == "1")
    }
  }

  @Test("A syntax error says where it is")
  func position() async throws {
    try await withConnection { connection in
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("select 1 frm x")
      }
      #expect(error?.sqlState == .syntaxError)
      #expect(error?.fields.position == 14)
    }
  }

  @Test("A script does nothing when its last statement fails")
  func script() async throws {
    try await withConnection { connection in
      try await connection.execute("create table t (n int)")
      let error = await #expect(throws: PostgresError.self) {
        try await connection.execute("insert into t values (1); insert into t values ('x')")
      }
      #expect(error?.sqlState == .invalidTextRepresentation)
      #expect(try await connection.query("select count(*) from t").value == "0")
    }
  }

  @Test("The character NUL is refused instead of cutting the text", arguments: [true, false])
  func nul(prepared: Bool) async throws {
    try await withConnection { connection in
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("select $1::text", ["a\0b"], prepared: prepared)
      }
      #expect(error?.sqlState == .characterNotInRepertoire)
      await #expect(throws: PostgresError.self) { try await connection.execute("select 1 --\0") }
      #expect(connection.isOpen)
    }
  }

  @Test(
    "COPY through a plain statement is refused",
    arguments: ["copy t from stdin", "copy t to stdout"])
  func copyStatement(sql: String) async throws {
    try await withConnection { connection in
      try await connection.execute("create table t (n int)")
      let error = await #expect(throws: PostgresError.self) { try await connection.execute(sql) }
      #expect(error?.kind == .misuse)
    }
  }
}
