import LedgerSQL
import LedgerTestSupport
import PostgresClient
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("Bringing a database up")
struct MigratorTests {
  private func withDatabase(
    _ body: @Sendable (_ connectionString: String, PostgresConnection) async throws -> Void
  ) async throws {
    try await TemporaryServer.shared.withDatabase { connectionString in
      let connection = try await PostgresConnection.connect(to: connectionString)
      try await body(connectionString, connection)
      await connection.close()
    }
  }

  private func code(opening connectionString: String) async -> LedgerError.Code? {
    do throws(LedgerError) {
      await (try Ledger.open(.patient(connectionString))).close()
      return nil
    } catch {
      return error.code
    }
  }

  @Test("A database without ledger is told apart, then made one, and then left alone")
  func fromNothing() async throws {
    try await withDatabase { connectionString, _ in
      #expect(await code(opening: connectionString) == .notMigrated)
      let steps = try await Ledger.migrate(connectionString)
      #expect(steps.count == LedgerSQL.migrations.count + 2)
      #expect(steps.last == "loaded the rules")
      #expect(try await Ledger.migrate(connectionString) == [])
      let ledger = try await Ledger.open(.patient(connectionString))
      #expect(ledger.schemaVersion == LedgerSQL.migrations.last?.name)
      await ledger.close()
    }
  }

  @Test("Programs that start at once make the ledger once")
  func race() async throws {
    try await withDatabase { connectionString, connection in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<6 {
          group.addTask { await (try Ledger.open(.patient(connectionString), migrating: true)).close() }
        }
        try await group.waitForAll()
      }
      let count = try await connection.query("select count(*) from guarantee.migration").value
      #expect(count == String(LedgerSQL.migrations.count))
    }
  }

  @Test("A migration that this program does not know is a newer schema, and stays one")
  func newer() async throws {
    try await withDatabase { connectionString, connection in
      _ = try await Ledger.migrate(connectionString)
      try await connection.execute(
        "insert into guarantee.migration (name, checksum) values ('9999-later', 'x')")
      #expect(await code(opening: connectionString) == .newerSchema)
      await #expect(throws: LedgerError.self) { try await Ledger.migrate(connectionString) }
      await #expect(throws: LedgerError.self) {
        try await Ledger.open(.patient(connectionString), migrating: true)
      }
    }
  }

  @Test("A migration that ran with another text is not run again")
  func changed() async throws {
    try await withDatabase { connectionString, connection in
      _ = try await Ledger.migrate(connectionString)
      try await connection.execute("update guarantee.migration set checksum = 'x' where name like '0001%'")
      #expect(await code(opening: connectionString) == .changedMigration)
      await #expect(throws: LedgerError.self) { try await Ledger.migrate(connectionString) }
    }
  }

  @Test("Other functions or rules are replaced, and only they", arguments: ["functions", "rules"])
  func outdated(_ kind: String) async throws {
    try await withDatabase { connectionString, connection in
      _ = try await Ledger.migrate(connectionString)
      _ = try await connection.query("update guarantee.source set fingerprint = 'x' where kind = $1", [kind])
      try await connection.execute(
        "drop function guarantee_api.today() cascade; create table guarantee_api.scar ()")
      if kind == "rules" {
        try await connection.execute(
          "create function guarantee_api.today() returns date return date '2026-01-05'")
      }
      #expect(await code(opening: connectionString) == .outdated)
      let steps = try await Ledger.migrate(connectionString)
      #expect(steps == (kind == "rules" ? [] : ["rebuilt functions and views"]) + ["loaded the rules"])
      #expect(await code(opening: connectionString) == nil)
      let scar = try await connection.query("select to_regclass('guarantee_api.scar')").value
      #expect((scar == nil) == (kind == "functions"))
    }
  }

  @Test("A program that was replaced leaves the ledger alone, until it is told to go back")
  func replaced() async throws {
    try await withDatabase { connectionString, connection in
      _ = try await Ledger.migrate(connectionString)
      let own = try await sources(connection)
      // Another program has its own functions and rules, and puts them in the place of these.
      try await connection.execute("update guarantee.source set fingerprint = 'other ' || kind")
      let other = try await sources(connection)
      #expect(
        try await Ledger.migrate(connectionString) == ["rebuilt functions and views", "loaded the rules"])
      #expect(try await sources(connection) == own.union(["replaced: \(pair(other))"]))
      try await connection.execute(
        """
        delete from guarantee.source;
        insert into guarantee.source values ('functions', 'newer'), ('rules', 'newer'), ('replaced', '\(pair(own))')
        """)
      #expect(await code(opening: connectionString) == .newerSchema)
      let refusal = await #expect(throws: LedgerError.self) { try await Ledger.migrate(connectionString) }
      #expect(refusal?.code == .newerSchema)
      let steps = try await Ledger.migrate(connectionString, goingBack: true)
      #expect(steps == ["rebuilt functions and views", "loaded the rules"])
      #expect(try await sources(connection) == own.union(["replaced: newer newer"]))
      #expect(await code(opening: connectionString) == nil)
    }
  }

  private func sources(_ connection: PostgresConnection) async throws -> Set<String> {
    let rows = try await connection.query("select kind || ': ' || fingerprint from guarantee.source").rows
    return Set(rows.compactMap { $0[0] })
  }

  /// The fingerprints of functions and rules, as a ledger remembers those that were replaced.
  private func pair(_ sources: Set<String>) -> String {
    sources.sorted().compactMap { $0.split(separator: ": ").last }.joined(separator: " ")
  }

  @Test("A migration that fails leaves the database as it was")
  func failing() async throws {
    try await withDatabase { connectionString, connection in
      try await connection.execute("create schema guarantee; create table guarantee.currency ()")
      let error = await #expect(throws: LedgerError.self) { try await Ledger.migrate(connectionString) }
      #expect(error?.message.hasPrefix("sql/migrations/0001-rules.sql: The database reports: ") == true)
      let left = try await connection.query(
        "select count(*) from pg_class where relnamespace = 'guarantee'::regnamespace")
      #expect(left.value == "1")
      #expect(await code(opening: connectionString) == .notMigrated)
    }
  }

  @Test("A login that may not create schemas is told so")
  func notPermitted() async throws {
    try await withDatabase { connectionString, connection in
      try await connection.execute("create role visitor_of_migrations login")
      let visitor = connectionString.split(separator: " ").filter { !$0.hasPrefix("user=") }.joined(
        separator: " ")
      let error = await #expect(throws: LedgerError.self) {
        try await Ledger.migrate(visitor + " user=visitor_of_migrations")
      }
      #expect(error?.code == .notPermitted)
      try await connection.execute("drop role visitor_of_migrations")
    }
  }

  @Test("Every rule file is handed to the database whole")
  func rules() async throws {
    try await withDatabase { connectionString, connection in
      _ = try await Ledger.migrate(connectionString)
      let names = try await connection.query(
        "select event from guarantee.event_type order by event collate \"C\"")
      #expect(names.rows.map { $0[0] } == Event.knownNames.sorted())
    }
  }

  @Test("No server is an error of its own kind")
  func unreachable() async throws {
    #expect(await code(opening: "host=/nonexistent") == .unreachable)
  }
}
