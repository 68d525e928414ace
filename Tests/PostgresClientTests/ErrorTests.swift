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
      #expect(error?.description.contains("Li") == false)
      #expect(try await connection.query("select count(*) from purse").value == "1")
    }
  }
}
