import GuaranteeLedger
import LedgerSQL
import PostgresClient
import Synchronization
import TestSupport
import Testing

/// `KilledMigrationTests` kills for good, which takes a migration for each place. Here ledgers of all older programs are
/// brought up once and at once; wherever their sessions have written something, in whatever statement of a migration, a
/// function or the rules, all of the server's processes stand still, and another server starts from a copy of its files.
///
/// Asserted of each ledger in each copy, as found after recovery: when its session had not ended, all of its tables, columns,
/// constraints, triggers and functions and each row of each table, journal and hashes included, are what they were before;
/// when it had, each row of what was recorded is as this program would have recorded it. In some copies, a ledger in turn is
/// brought up and checked.
@Suite("Migrations, halted at every statement", .heavy)
struct HaltedMigrationTests {
  private struct Case: Sendable {
    let old: OldLedger
    let before: [String]
    let wanted: [String]
    var database: String { "ledger_\(old.count)" }
  }

  /// Makes an older program's ledger in a database of the server.
  private static func make(_ old: OldLedger, on server: TemporaryServer) async throws -> Case {
    try await TemporaryServer.shared.withDatabase(template: old.model) { model in
      let database = "ledger_\(old.count)"
      try await server.run("create database \(database)")
      let url = server.connectionString(database: database)
      try await old.make(in: url, from: model)
      return Case(old: old, before: try await everything(in: url), wanted: try await old.contents(of: model))
    }
  }

  /// Makes roles, which are all databases', so that no session waits for another to make them, and writes all down.
  private static func prepare(_ server: TemporaryServer) async throws {
    let name = try await server.makeDatabase()
    _ = try await Ledger.migrate(server.connectionString(database: name))
    try await server.run("drop database \(name)")
    try await server.run("checkpoint")
  }

  /// Brings a ledger up where it was left, which must make it what it would have been.
  private static func goOn(_ one: Case, in url: String, _ place: String) async throws {
    _ = try await Ledger.migrate(url)
    #expect(try await one.old.contents(of: url) == one.wanted, "\(place)")
    let found = try await PostgresConnection.withConnection(to: url) {
      try await $0.query("select count(*) from guarantee_api.check_ledger()").value
    }
    #expect(found == "0", "\(place)")
  }

  /// What each is in a copy: the old one while its session stands still, and else the new one.
  private static func check(_ image: ServerImage, _ cases: [Case], standing: Set<String>, _ place: Int)
    async throws
  {
    try await image.recover()
    for one in cases {
      let url = image.connectionString(database: one.database)
      let isWhole =
        try await standing.contains(one.database)
        ? everything(in: url) == one.before : one.old.contents(of: url) == one.wanted
      #expect(isWhole, "\(one.old), place \(place)")
    }
  }

  @Test(
    "Killed there, each is the old one, whole, or the new one if that was said",
    .enabled(if: HaltingServer.canBeMade, "there is no C compiler to make such a server"),
    .timeLimit(.minutes(180)))
  func statements() async throws {
    let halting = try await HaltingServer()
    let server = halting.server
    var cases: [Case] = []
    for old in OldLedger.all { cases.append(try await Self.make(old, on: server)) }
    try await Self.prepare(server)
    // At how many places they go on, and at how many halts none is brought up.
    let (stride, rest) = RecoveryPlan.isLong ? (1, 20) : (600, 1)
    let halts = try await halting.images(
      of: cases.map(\.database),
      running: { [cases] session in
        let database = cases[session].database
        _ = try await Ledger.migrate(halting.connectionString(database: database, haltingAtEach: stride))
      },
      checking: { [cases] image, number, standing in
        let place = number * stride
        if number.isMultiple(of: 250) { print("migrations: at place \(place) in \(standing.count) ledgers") }
        try await Self.check(image, cases, standing: standing, place)
        guard number.isMultiple(of: rest) else { return }
        let one = cases[number / rest % cases.count]
        let url = image.connectionString(database: one.database)
        try await Self.goOn(one, in: url, "\(one.old), place \(place)")
      })
    print(
      "migrations of \(cases.count) older ledgers: halted at \(halts) statements, none left half a migration")
    #expect(halts > (RecoveryPlan.isLong ? 12_000 : 20))
    for one in cases {
      try await Self.goOn(
        one, in: server.connectionString(database: one.database), "\(one.old), in the end")
    }
  }

  @Test(
    "A migration in pieces would be caught: an image shows its first half",
    .enabled(if: HaltingServer.canBeMade, "there is no C compiler to make such a server"))
  func control() async throws {
    let halting = try await HaltingServer()
    let one = try await Self.make(OldLedger(count: 2), on: halting.server)
    let pieces = "begin; \(LedgerSQL.migrations[2].text); commit; create table guarantee.half (); select 1"
    let changed = Atomic<Int>(0)
    _ = try await halting.images(
      of: [one.database],
      running: { _ in
        let url = halting.connectionString(database: one.database, haltingAtEach: 1)
        try await PostgresConnection.withConnection(to: url) { try await $0.execute(pieces) }
      },
      checking: { image, _, standing in
        try await image.recover()
        let isSame = try await everything(in: image.connectionString(database: one.database)) == one.before
        if !standing.isEmpty, !isSame { changed.add(1, ordering: .relaxed) }
      })
    #expect(changed.load(ordering: .relaxed) > 0)
  }
}
