import FoundationEssentials
import GuaranteeLedger
import ReferenceLedger
import Testing

@Suite("Many writers at once on the same guarantors and offices")
struct CrowdTests {
  static let writers = 8
  /// Some ten seconds' worth; `LEDGER_STRESS_EVENTS=200000` makes it minutes.
  static let eventCount =
    ProcessInfo.processInfo.environment["LEDGER_STRESS_EVENTS"].flatMap { Int($0) } ?? 12_000

  /// An event that was sent with its result.
  struct Sent: Sendable {
    let event: Fields
    let result: String

    var key: String { event["key"] ?? "" }
  }

  @Test(
    "Nothing is lost or doubled, money is conserved, and the journal is what one writer could have recorded")
  func crowd() async throws {
    let story = StoryLedger(disputeCount: 0, seed: 1, facility: 300_000, funds: 120_000)
    try await withLedger { ledger in
      let opening = try await ledger.record(story.register)
      try #require(opening.allSatisfy { $0 == "recorded" })
      let sent = try await record(in: ledger) + zip(story.register, opening).map(Sent.init)
      let counts = Dictionary(grouping: sent, by: \.result).mapValues(\.count)
      print("\(sent.count) events: \(counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })")
      // Without these the test would say nothing of what it is about.
      for code in ["insufficient_funds", "facility_exceeded", "consignor_limit_exceeded", "replayed"] {
        try #require(counts[code, default: 0] > 0, "no \(code)")
      }
      try expectOnceEach(sent, journal: try await ledger.rows("select key from guarantee.event"))
      #expect(try await ledger.check() == [])
      // The library would have tried again, so a deadlock shows here alone.
      let deadlocks = "select deadlocks from pg_stat_database where datname = current_database()"
      #expect(try await ledger.value(deadlocks) == "0")
      try await expectConservation(in: ledger, sent)
      try await expectOneAtATime(in: ledger)
    }
  }

  private func record(in ledger: TestLedger) async throws -> [Sent] {
    try await withThrowingTaskGroup { group in
      for writer in 0..<Self.writers {
        group.addTask {
          try await ledger.withWriter { record in
            var crowd = Crowd(writer: writer, of: Self.writers)
            var sent: [Sent] = []
            while sent.count < Self.eventCount / Self.writers {
              let batch = crowd.batch(atMost: Self.eventCount / Self.writers - sent.count)
              sent += zip(batch, try await record(batch)).map { Sent(event: $0, result: $1.code) }
            }
            return sent
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }

  /// A key that was answered `recorded` was so once, and is in the journal; no other is.
  private func expectOnceEach(_ sent: [Sent], journal: [[String]]) throws {
    let recorded = sent.filter { $0.result == "recorded" }.map(\.key).sorted()
    #expect(Set(recorded).count == recorded.count, "a key was recorded twice")
    #expect(journal.map { $0[0] }.sorted() == recorded)
    let known = Set(recorded)
    for event in sent where ["replayed", "key_conflict"].contains(event.result) {
      #expect(known.contains(event.key), "\(event.key) is \(event.result) but was never recorded")
    }
  }

  /// Each office's bank holds what came in less what went out, and that is what others claim.
  private func expectConservation(in ledger: TestLedger, _ sent: [Sent]) async throws {
    let sides = try await ledger.rows(
      "select event, side from guarantee.posting where role = 'bank' order by event")
    let side = Dictionary(sides.map { ($0[0], Minor($0[1]) ?? 0) }, uniquingKeysWith: { $1 })
    let home = Dictionary(
      sent.filter { $0.event["event"] == "open_dispute" }.map { ($0.event["dispute"], $0.event["office"]) },
      uniquingKeysWith: { first, _ in first })
    let byKey = Dictionary(sent.map { ($0.key, $0.event) }, uniquingKeysWith: { first, _ in first })
    var banks: [String: Minor] = [:]
    for one in sent where one.result == "recorded" {
      let isReversal = one.event["reverses"] != nil
      let event = one.event["reverses"].flatMap { byKey[$0] } ?? one.event
      guard let side = side[event["event"] ?? ""] else { continue }
      let office = try #require(event["office"] ?? home[event["dispute"]] ?? nil)
      let currency = try #require(StoryLedger.offices.first { $0.0 == office }?.1)
      let digits = try #require(Currency.minorDigits(of: currency))
      let amount = try #require(Currency.minorUnits(event["amount"] ?? "", digits: digits))
      banks["\(office) \(currency)", default: 0] += isReversal ? -side * amount : side * amount
    }
    let rows = try await ledger.rows(
      "select office, currency, sum(debit), sum(credit), max(debit) filter (where role = 'bank') from guarantee_api.report_trial_balance() where ledger = 'cash' group by 1, 2"
    )
    #expect(rows.count == StoryLedger.offices.count)
    for row in rows {
      let (office, currency) = (row[0], row[1])
      #expect(row[2] == row[3], "the bank of \(office) is not what others claim")
      #expect(row[4] == Currency.text(banks["\(office) \(currency)"] ?? 0, currency), "the bank of \(office)")
    }
  }

  /// The second implementation records the journal in its order, event by event, and comes to the same.
  private func expectOneAtATime(in ledger: TestLedger) async throws {
    let today = try await ledger.today()
    var model = ReferenceLedger(rules: try .ofThisPackage())
    let rows = try await ledger.rows(
      """
      select v.key, v."on", v.event, f.key, f.value from guarantee.event v, jsonb_each_text(v.fields) f
       order by recorded_at, office, sequence
      """)
    var events: [Fields] = []
    for row in rows {
      if events.last?["key"] != row[0] { events.append(["key": row[0], "on": row[1], "event": row[2]]) }
      events[events.count - 1][row[3]] = row[4]
    }
    for event in events {
      let result = model.record(event, today: today)
      guard result == "recorded" else {
        Issue.record("One at a time this would be \(result): \(event.sorted { $0.key < $1.key })")
        return
      }
    }
    #expect(try await ledger.disagreements(with: model) == [])
  }
}
