import Foundation
import PostgresClient
import ReferenceLedger
import Testing

@Suite("What a superuser does to any row of the journal")
struct RandomRowTests {
  /// `DAMAGE_ROUNDS=1000 swift test --filter RandomRowTests` damages as many rows.
  private static let rounds = ProcessInfo.processInfo.environment["DAMAGE_ROUNDS"].flatMap { Int($0) } ?? 60

  /// A row, and the first place of the journal where something doesn't fit any more.
  private struct Blow {
    let sql: String
    let check: String
    let subject: String
  }

  private struct Journal {
    let events: [(office: String, sequence: Int)]
    let entries: [(office: String, sequence: Int, line: Int)]
  }

  @Test(
    "Rows changed, deleted and put in another order at random are all found, and the first of them is named")
  func rows() async throws {
    let seed =
      ProcessInfo.processInfo.environment["DAMAGE_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...UInt64.max)
    print("RandomRowTests: seed \(seed), \(Self.rounds) rows")
    try await withLedger(template: DamageTests.sound) { ledger in
      let journal = Journal(
        events: try await ledger.rows(
          "select office, sequence from guarantee.event order by office, sequence"
        )
        .map { ($0[0], Int($0[1]) ?? 0) },
        entries: try await ledger.rows(
          "select office, sequence, line from guarantee.entry order by office, sequence, line"
        ).map { ($0[0], Int($0[1]) ?? 0, Int($0[2]) ?? 0) })
      var random = SplitMix64(seed: seed)
      let blows = (0..<Self.rounds).map { _ in Self.blow(journal, &random) }
      try await ledger.connection.execute("set session_replication_role = replica")
      for blow in blows {
        let found = try await Self.found(after: blow, over: ledger.connection)
        #expect(found.contains([blow.check, blow.subject]), "seed \(seed): \(blow.sql): \(found)")
      }
      // Nothing of it is left, and nothing is found where nothing was done.
      #expect(try await ledger.check() == [])
    }
  }

  private static func found(after blow: Blow, over connection: PostgresConnection) async throws -> [[String]]
  {
    try await connection.execute("begin")
    try await connection.execute(blow.sql)
    let found = try await connection.query(#"select "check", subject from guarantee_api.check_ledger()"#).rows
      .map { $0.map { $0 ?? "" } }
    try await connection.execute("rollback")
    return found
  }

  private static func blow(_ journal: Journal, _ random: inout SplitMix64) -> Blow {
    if random.chance(percent: 50) { return entryBlow(journal, &random) }
    let index = random.below(journal.events.count)
    let (office, sequence) = journal.events[index]
    let place = "office = '\(office)' and sequence"
    let next = journal.events.indices.contains(index + 1) && journal.events[index + 1].office == office
    func event(_ sql: String, at sequence: Int) -> Blow {
      Blow(sql: sql, check: "hashes follow from events", subject: "\(office) \(sequence)")
    }
    switch random.below(4) {
    case 0 where next:
      return event("delete from guarantee.event where \(place) = \(sequence)", at: sequence + 1)
    case 0:
      return Blow(
        sql: "delete from guarantee.event where \(place) = \(sequence)", check: "books follow from events",
        subject: office)
    case 1 where next:
      // Neighbours change places.
      return event(
        """
        update guarantee.event set sequence = -sequence where \(place) in (\(sequence), \(sequence + 1));
        update guarantee.event set sequence = \(2 * sequence + 1) + sequence where \(place) < 0
        """, at: sequence)
    default:
      let changes = [
        "key = key || ' '", "\"on\" = \"on\" - 1", "recorded_by = 'somebody'", "approved_by = 'nobody'",
        "recorded_at = recorded_at - interval '1 second'", "fields = fields || '{\"reference\": \"other\"}'",
        "hash = sha256(hash)",
      ]
      return event(
        "update guarantee.event set \(random.pick(changes)) where \(place) = \(sequence)", at: sequence)
    }
  }

  private static func entryBlow(_ journal: Journal, _ random: inout SplitMix64) -> Blow {
    let (office, sequence, line) = random.pick(journal.entries)
    let row = "office = '\(office)' and sequence = \(sequence) and line = \(line)"
    let statements = [
      "update guarantee.entry set amount = amount + 1 where \(row)",
      "delete from guarantee.entry where \(row)",
      "update guarantee.entry set amount = 2 * amount where \(row)",
    ]
    return Blow(
      sql: random.pick(statements), check: "entries sum to zero",
      subject: "\(office) \(sequence)")
  }
}
