import Foundation
import GuaranteeLedger
import LedgerSQL
import PostgresClient
import TestSupport
import Testing

@Suite("Migrations, killed at some of their statements", .heavy)
struct KilledMigrationTests {
  private static func value(_ sql: String, in url: String) async throws -> String? {
    try await PostgresConnection.withConnection(to: url) { try await $0.query(sql).value }
  }

  /// Kills the session that brings the ledger up at a place, and looks at what is there before and after.
  private static func killed(at place: Int, in database: String, on halting: HaltingServer) async throws
    -> Bool
  {
    let url = halting.server.connectionString(database: database)
    let before = try await everything(in: url)
    let observer = try await PostgresConnection.connect(to: halting.server.connectionString())
    let error = await #expect(throws: LedgerError.self, "place \(place)") {
      try await Ledger.migrate(halting.connectionString(database: database, endingAt: place))
    }
    guard error != nil else { return false }
    // The server ends all of its processes, and starts anew.
    try await until { (try? await observer.query("select 1")) == nil }
    await observer.close()
    try await until { await halting.server.answers() }
    let after = try await everything(in: url)
    #expect(after == before, "place \(place)")
    return after == before
  }

  /// Each place is between two statements, of functions or the program, where something was written since the last.
  @Test(
    "Afterwards it is the old one, whole, and the next start makes it the new one",
    .enabled(if: HaltingServer.canBeMade, "there is no C compiler to make such a server"),
    .timeLimit(.minutes(60)),
    arguments: RecoveryPlan.isLong
      ? OldLedger.all : [OldLedger.all[0], OldLedger.all[OldLedger.all.count - 1]])
  func statements(_ old: OldLedger) async throws {
    let halting = try await HaltingServer()
    let server = halting.server
    try await old.with(on: server) { source, model in
      let wanted = try await old.contents(of: model)
      let template = source.split(separator: " ").first { $0.hasPrefix("dbname=") }?.dropFirst(7) ?? ""
      let total = try await Self.copied(template, on: server) { _ in
        _ = try await Ledger.migrate(halting.connectionString(database: "copied", endingAt: 0))
        return try await halting.placeCount()
      }
      #expect(total > 2_000)
      let chosen = RecoveryPlan.choice(
        of: RecoveryPlan.isLong ? 20 : 3, upTo: total, seed: RecoveryPlan.seed + UInt64(old.count))
      var kills = 0
      for place in chosen {
        kills += try await Self.copied(template, on: server) { url in
          let wasKilled = try await Self.killed(at: place, in: "copied", on: halting)
          _ = try await Ledger.migrate(url)
          #expect(try await old.contents(of: url) == wanted, "place \(place)")
          let found = try await Self.value("select count(*) from guarantee_api.check_ledger()", in: url)
          #expect(found == "0", "place \(place)")
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
    _ database: Substring, on server: TemporaryServer, _ body: (String) async throws -> Value
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
      try await PostgresConnection.withConnection(to: url) {
        try await $0.execute(LedgerSQL.migrations[4].text)
      }
      #expect(try await everything(in: url) != before)
      await #expect(throws: LedgerError.self) { try await Ledger.migrate(url) }
    }
  }
}
