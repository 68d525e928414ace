import ReferenceLedger
import Testing

@Suite("The event stream tries everything")
struct EventStreamTests {
  static let today = Day("2026-11-25")!
  static let seeds: [UInt64] = [1, 2, 3]
  static let eventsPerSeed = 1500

  @Test("A few seeds bring every result about and every event to be recorded")
  func coverage() throws {
    let rules = try Rules.ofThisPackage()
    var results: [String: Int] = [:]
    var recorded: [String: Int] = [:]
    for seed in EventStreamTests.seeds {
      var stream = EventStream(seed: seed, rules: rules, today: EventStreamTests.today)
      for _ in 0..<EventStreamTests.eventsPerSeed {
        let (fields, result) = stream.next()
        results[result, default: 0] += 1
        if result == "recorded" { recorded[fields["event"] ?? "", default: 0] += 1 }
      }
    }
    func counts(_ names: [String], _ table: [String: Int]) -> String {
      names.map { "\($0) \(table[$0] ?? 0)" }.joined(separator: ", ")
    }
    let expected = ["recorded", "replayed"] + rules.codes
    let events = rules.events.keys.sorted()
    print("results of \(EventStreamTests.seeds): \(counts(expected, results))")
    print("recorded: \(counts(events, recorded))")
    #expect(expected.filter { results[$0] == nil } == [])
    #expect(events.filter { recorded[$0] == nil } == [])
    #expect(results.keys.filter { !expected.contains($0) } == [])
  }

  @Test("The same seed gives the same events, and a fresh ledger the same results")
  func repeatable() throws {
    let rules = try Rules.ofThisPackage()
    var first = EventStream(seed: 7, rules: rules, today: EventStreamTests.today)
    var second = EventStream(seed: 7, rules: rules, today: EventStreamTests.today)
    var ledger = ReferenceLedger(rules: rules)
    for _ in 0..<600 {
      let (fields, result) = first.next()
      #expect(second.next().fields == fields)
      #expect(ledger.record(fields, today: EventStreamTests.today) == result)
    }
    #expect(ledger.trialBalance == first.ledger.trialBalance)
  }

  @Test("Whatever is recorded, the bank holds what others claim and memo accounts pair up")
  func conservation() throws {
    let rules = try Rules.ofThisPackage()
    var stream = EventStream(seed: 11, rules: rules, today: EventStreamTests.today)
    for _ in 0..<800 {
      _ = stream.next()
    }
    var sums: [String: Int128] = [:]
    for row in stream.ledger.accountBalances {
      #expect(row.balance > 0)
      let isDebit = rules.isDebit(row.account)
      sums["\(rules.ledger(of: row.account)) \(row.office) \(row.currency)", default: 0] +=
        isDebit ? row.balance : -row.balance
    }
    #expect(!sums.isEmpty)
    #expect(sums.filter { $0.value != 0 } == [:])
  }
}
