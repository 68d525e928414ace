/// An endless stream of events, most of them legal, the others near misses, and their results.
///
/// It keeps a reference ledger to see what could come next. The same seed gives the same events.
package struct EventStream: Sendable {
  typealias Draft = [String: String]

  package private(set) var ledger: ReferenceLedger
  package let today: Day
  var random: SplitMix64
  /// What registers the offices, parties and rights that the rest is about.
  private var opening: [Draft] = []
  private(set) var keys: [String] = []
  private(set) var disputeNames: [String] = []
  private var clocks: [String: Day] = [:]
  private var counter = 0
  private var resultCounts: [String: Int] = [:]

  /// No date but deliberate ones far in the future lies after this one.
  static let latest = Day("2026-11-20")!

  package init(seed: UInt64, rules: Rules, today: Day) {
    ledger = ReferenceLedger(rules: rules)
    self.today = today
    random = SplitMix64(seed: seed)
    opening = openingEvents().reversed()
  }

  /// The next event and what a ledger that has seen those before has to answer.
  package mutating func next() -> (fields: [String: String], result: String) {
    let draft: Draft
    if let first = opening.popLast() {
      draft = first
    } else if random.chance(percent: 65) {
      draft = legalEvent()
    } else {
      draft = random.chance(percent: 30) ? rareMiss() : nearMiss()
    }
    let result = ledger.record(draft, today: today)
    resultCounts[result, default: 0] += 1
    if result == "recorded" { follow(draft) }
    return (draft, result)
  }

  private mutating func follow(_ draft: Draft) {
    keys.append(draft["key"]!)
    guard let dispute = draft["dispute"], let on = Day(draft["on"]!) else { return }
    if draft["event"] == "open_dispute" { disputeNames.append(dispute) }
    clocks[dispute] = max(clocks[dispute] ?? on, on)
  }

  /// Draws plausible events until one would be recorded, some of one kind before turning to another.
  mutating func legalEvent() -> Draft {
    for _ in 0..<30 {
      let topic = topic()
      let event = event(about: topic)
      for _ in 0..<4 {
        let draft = draft(event, about: topic)
        if ledger.judge(draft, today: today) == "recorded" { return draft }
      }
    }
    return draft("receive_funds")
  }

  /// Of several near misses the one whose result has been the rarest so far.
  mutating func rareMiss() -> Draft {
    var rarest: (draft: Draft, count: Int)?
    for _ in 0..<5 {
      let draft = nearMiss()
      let result = ledger.judge(draft, today: today)
      let count = result == "recorded" ? .max : resultCounts[result] ?? 0
      if rarest.map({ count < $0.count }) ?? true { rarest = (draft, count) }
    }
    return rarest!.draft
  }

  /// The disputes that are going on, or were until lately.
  var recentDisputes: ArraySlice<String> { disputeNames.suffix(40) }

  mutating func newNumber() -> Int {
    counter += 1
    return counter
  }

  /// The date that a dispute has come to.
  func clock(of dispute: String) -> Day {
    let reached = clocks[dispute] ?? Day("2024-03-01")!
    guard let office = ledger.disputes[dispute]?.office,
      let end = ledger.offices[office]?.closedThrough
    else { return reached }
    return max(reached, end + 1)
  }
}
