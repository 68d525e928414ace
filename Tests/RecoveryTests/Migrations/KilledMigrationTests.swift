import Foundation
import GuaranteeLedger
import LedgerSQL
import PostgresClient
import TestSupport
import Testing

@Suite("Migrations, killed at every statement", .heavy)
struct KilledMigrationTests {
  /// Counts every statement that makes or changes something, functions' own among them, and kills the session's process
  /// at one of them, as a machine would: the server has no chance to clean up.
  private static func killer(at statement: Int) -> String {
    """
    create schema killer;
    create sequence killer.statements;
    create function killer.count() returns event_trigger language plpgsql as $$
    begin
      if nextval('killer.statements') = \(statement) then
        execute format('copy (select 1) to program %L', 'kill -9 ' || pg_backend_pid());
      end if;
    end
    $$;
    create event trigger killer on ddl_command_end execute function killer.count()
    """
  }

  private static func run(_ sql: String, in url: String) async throws {
    try await PostgresConnection.withConnection(to: url) { try await $0.execute(sql) }
  }

  private static func value(_ sql: String, in url: String) async throws -> String? {
    let connection = try await PostgresConnection.connect(to: url)
    let value = try await connection.query(sql).value
    await connection.close()
    return value
  }

  /// Brings the ledger up once with the killer, once without, and looks at what is there after each.
  private static func killed(at statement: Int, in url: String, on server: TemporaryServer) async throws
    -> Bool
  {
    let before = try await everything(in: url)
    try await run(killer(at: statement), in: url)
    let observer = try await PostgresConnection.connect(to: server.connectionString())
    let error = await #expect(throws: LedgerError.self, "statement \(statement)") {
      try await Ledger.migrate(url)
    }
    guard error != nil else { return false }
    // The server ends all of its processes, and starts anew.
    try await until { (try? await observer.query("select 1")) == nil }
    try await until { (try? await value("select 1", in: url)) == "1" }
    let after = try await everything(in: url)
    #expect(after == before, "statement \(statement)")
    try await run("drop event trigger killer; drop schema killer cascade", in: url)
    return after == before
  }

  @Test(
    "Afterwards it is the old one, whole, and the next start makes it the new one", .timeLimit(.minutes(60)),
    arguments: [2, LedgerSQL.migrations.count - 2])
  func statements(_ count: Int) async throws {
    let old = OldLedger(count: count)
    let server = try await TemporaryServer()
    try await old.with(on: server) { source, model in
      let wanted = try await old.contents(of: model)
      let template = source.split(separator: " ").first { $0.hasPrefix("dbname=") }?.dropFirst(7) ?? ""
      // How many there are: none is the one to be killed at.
      let total = try await Self.copied(String(template), on: server) { url in
        try await Self.run(Self.killer(at: 0), in: url)
        _ = try await Ledger.migrate(url)
        return Int(try await Self.value("select last_value from killer.statements", in: url) ?? "") ?? 0
      }
      #expect(total > 600)
      let chosen = RecoveryPlan.choice(of: 4, below: total, seed: RecoveryPlan.seed + UInt64(count)).map {
        $0 + 1
      }
      var kills = 0
      for statement in chosen {
        kills += try await Self.copied(String(template), on: server) { url in
          let wasKilled = try await Self.killed(at: statement, in: url, on: server)
          _ = try await Ledger.migrate(url)
          #expect(try await old.contents(of: url) == wanted, "statement \(statement)")
          let found = try await Self.value("select count(*) from guarantee_api.check_ledger()", in: url)
          #expect(found == "0", "statement \(statement)")
          return wasKilled ? 1 : 0
        }
      }
      #expect(kills == chosen.count)
      print(
        "\(old): killed at \(kills) of \(total) statements, seed \(RecoveryPlan.seed): none left half a migration"
      )
    }
  }

  private static func copied<Value>(
    _ database: String, on server: TemporaryServer, _ body: (String) async throws -> Value
  ) async throws -> Value {
    try await server.run("create database copied template \(database)")
    let value = try await body(server.connectionString(database: "copied"))
    try await server.run("drop database copied with (force)")
    return value
  }

  @Test(
    "Cut off before its commit it is the old one, right behind it the new one, and the next start sees which",
    arguments: [(0, false), (12, true)])
  func commit(_ bytes: Int, _ isNew: Bool) async throws {
    let old = OldLedger(count: LedgerSQL.migrations.count - 1)
    let server = try await TemporaryServer.shared
    try await old.with(on: server) { url, model in
      // A query with the word "commit", which nothing else is as short as.
      let proxy = try CuttingProxy(to: server.folder) { message in
        message.direction == .toServer && message.letter == "Q" && message.byteCount == 12
          ? .cut(afterBytes: bytes) : .pass
      }
      let database = url.split(separator: " ").first { $0.hasPrefix("dbname=") }?.dropFirst(7) ?? ""
      let error = await #expect(throws: LedgerError.self) {
        try await Ledger.migrate(proxy.connectionString(database: String(database)))
      }
      #expect(error?.isOutcomeUnknown == true)
      #expect(try await Ledger.migrate(url).isEmpty == isNew)
      #expect(try await old.contents(of: url) == old.contents(of: model))
    }
  }

  @Test("A migration in pieces would be caught: half of it, committed, is not what was there before")
  func control() async throws {
    let old = OldLedger(count: 4)
    try await old.with(on: TemporaryServer.shared) { url, _ in
      let before = try await everything(in: url)
      try await Self.run(LedgerSQL.migrations[4].text, in: url)
      #expect(try await everything(in: url) != before)
      await #expect(throws: LedgerError.self) { try await Ledger.migrate(url) }
    }
  }
}
