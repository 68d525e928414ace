import Testing

@testable import GuaranteeLedger

@Suite("The recorder's decisions under every course of events that chance brings")
struct RecorderSimulationTests {
  @Test("Whatever fails, everybody is answered once, and each answer is the truth", arguments: 0..<40)
  func truth(_ block: Int) {
    for seed in 0..<10 {
      var simulation = Simulation(seed: UInt64(block * 10 + seed))
      for _ in 0..<150 where !simulation.isBroken { simulation.step() }
      if simulation.isBroken { return }
      simulation.finish()
      simulation.expectTruth()
    }
  }
}

/// Callers, lanes and a database in which anything may happen, by chance.
private struct Simulation {
  private struct Orphan {
    let session: Int32
    let keys: [String]
  }

  private struct Call {
    let events: [StoryEvent]
    var outcome: Result<[RecordResult], LedgerError>?
  }

  private let seed: UInt64
  private var random: Chance
  private var state: RecorderState<Int>
  private var now = ContinuousClock.now
  private var calls: [Call] = []
  private var flights: [Int: Sending] = [:]

  private(set) var isBroken = false

  // The database.
  private var journal: [String] = []
  private var recorded: Set<String> = []
  private var orphans: [Orphan] = []
  private var lastSession: Int32 = 0
  /// The books that another program holds.
  private var heldOffices: Set<String?> = []
  /// Some events are refused while this holds.
  private var isShort = false

  init(seed: UInt64) {
    self.seed = seed
    random = Chance(seed: seed)
    var limits = RecorderLimits()
    limits.lanes = 1 + random.below(3)
    limits.batchLimit = 1 + random.below(9)
    limits.queueLimit = 1 + random.below(30)
    state = RecorderState(limits: limits)
  }

  mutating func step() {
    switch random.below(14) {
    case 0...3: arrive()
    case 4...7: goOn(lane: random.below(state.lanes.count))
    case 8: leave()
    case 9: wait(.milliseconds(random.below(400)))
    case 10: isShort.toggle()
    case 11: heldOffices.insert(["X", "Y", "Z", nil][random.below(4)])
    case 12: heldOffices = []
    default: runOrphan()
    }
  }

  /// All goes well from here on, until everybody has an answer.
  mutating func finish() {
    state.drain()
    heldOffices = []
    for _ in 0..<10_000 where !state.isIdle && !isBroken {
      for lane in state.lanes.indices { goOn(lane: lane, failing: false) }
      wait(.milliseconds(500))
    }
    #expect(state.isIdle, "seed \(seed)")
    while !orphans.isEmpty { runOrphan() }
  }

  func expectTruth() {
    for (number, call) in calls.enumerated() {
      switch call.outcome {
      case nil: Issue.record("call \(number) has no answer, seed \(seed)")
      case .success(let results):
        #expect(results.map(\.key) == call.events.map(\.key), "seed \(seed)")
        for result in results { expectTruth(.settled(result), of: result.key) }
      case .failure(let error):
        #expect(error.events.map(\.key) == call.events.map(\.key), "seed \(seed)")
        for event in error.events { expectTruth(event.state, of: event.key) }
        #expect(error.isOutcomeUnknown == error.events.contains { $0.state == .unknown }, "seed \(seed)")
      }
      let own = Set(call.events.map(\.key))
      // What was refused by an attempt whose answer was lost is judged again, behind those after it.
      let order = call.events.map(\.key).filter { recorded.contains($0) && !$0.hasPrefix("short") }
      let journal = journal.filter { own.contains($0) && !$0.hasPrefix("short") }
      #expect(journal == order, "out of order, seed \(seed)")
    }
  }

  private func expectTruth(_ state: EventStatus.State, of key: String) {
    switch state {
    case .unknown: break
    case .settled(let result):
      #expect((result.refusal == nil) == recorded.contains(key), "\(key), seed \(seed)")
    case .notRecorded: #expect(!recorded.contains(key), "\(key), seed \(seed)")
    }
  }

  // MARK: What happens

  private mutating func arrive() {
    let number = calls.count
    let count = random.below(4) == 0 ? 1 + random.below(30) : 1
    let events = (0..<count).map { position in
      let kind = ["", "", "", "", "", "short ", "short ", "poison "][random.below(8)]
      return StoryEvent("\(kind)\(number).\(position)", office: ["X", "Y", "Z", nil][random.below(4)])
    }
    calls.append(Call(events: events))
    let deadline = now + .milliseconds(random.below(5) == 0 ? random.below(300) : 5_000)
    take(state.arrive(number, number, events, deadline: deadline, now: now))
  }

  private mutating func leave() {
    guard !calls.isEmpty else { return }
    take(state.leave(random.below(calls.count), because: .cancelled, now: now))
  }

  private mutating func wait(_ duration: Duration) {
    now += duration
    if let alarm = state.alarm, alarm <= now { take(state.wake(now: now)) }
  }

  /// A lane sends, or what it sent comes to its end.
  private mutating func goOn(lane: Int, failing: Bool = true) {
    guard state.lanes[lane].isRunning else { return }
    if let sending = flights.removeValue(forKey: lane) { return end(lane, sending, failing: failing) }
    guard state.goesOn(lane, now: now) else { return check() }
    if failing, random.below(12) == 0 {
      let error = LedgerError(.unreachable, "No server.")
      take(
        state.failToConnect(
          lane, error, isLasting: random.below(6) == 0, jitter: random.below(1_024), now: now))
    } else if let sending = state.take(lane, now: now) {
      flights[lane] = sending
    }
    check()
  }

  private mutating func end(_ lane: Int, _ sending: Sending, failing: Bool) {
    let keys = sending.parts.flatMap { part in part.positions.map { part.events.key(at: $0) } }
    let isPoisoned = keys.contains { $0.hasPrefix("poison") }
    switch failing ? random.below(12) : 11 {
    case 0:
      _ = record(keys)
      lose(lane, session: nil)
    case 1: lose(lane, session: nil)
    case 2:
      lastSession += 1
      orphans.append(Orphan(session: lastSession, keys: keys))
      lose(lane, session: lastSession)
    case 3: fail(lane, .conflict)
    case 4: fail(lane, .forbidden)
    case _ where keys.contains { isHeld($0) }: fail(lane, .held)
    case _ where isPoisoned: fail(lane, .defect)
    default:
      let results = confirmed(record(keys), sending)
      take(state.succeed(lane, results, now: now))
    }
  }

  /// What was refused while an earlier attempt may go on: that is ended, and what it recorded is.
  private mutating func confirmed(_ results: [RecordResult], _ sending: Sending) -> [RecordResult] {
    guard results.contains(where: { $0.refusal != nil }) else { return results }
    while random.below(2) == 0, !orphans.isEmpty { runOrphan() }
    let ended = Set(sending.lostSessions.map(\.processID))
    orphans.removeAll { ended.contains($0.session) }
    return results.map { recorded.contains($0.key) ? RecordResult(key: $0.key, outcome: .recorded) : $0 }
  }

  private mutating func lose(_ lane: Int, session: Int32?) { fail(lane, .lost, session: session) }

  private mutating func fail(_ lane: Int, _ failure: BatchFailure, session: Int32? = nil) {
    take(state.fail(lane, failure, session: session, jitter: random.below(1_024), now: now))
  }

  private func isHeld(_ key: String) -> Bool {
    calls.contains { $0.events.contains { $0.key == key && heldOffices.contains($0.office) } }
  }

  /// What the server does with a batch whose client has long gone.
  private mutating func runOrphan() {
    guard !orphans.isEmpty else { return }
    _ = record(orphans.remove(at: random.below(orphans.count)).keys)
  }

  private mutating func record(_ keys: [String]) -> [RecordResult] {
    // All or nothing.
    guard !keys.contains(where: { $0.hasPrefix("poison") }) else { return [] }
    return keys.map { key in
      if !recorded.contains(key), isShort, key.hasPrefix("short") {
        let refusal = LedgerRefusal(code: .insufficientFunds, key: key, message: "No.")
        return RecordResult(key: key, outcome: .refused(refusal))
      }
      if recorded.insert(key).inserted { journal.append(key) }
      return RecordResult(key: key, outcome: .recorded)
    }
  }

  private mutating func take(_ consequences: RecorderState<Int>.Consequences) {
    for answer in consequences.answers {
      #expect(calls[answer.caller].outcome == nil, "answered twice, seed \(seed)")
      calls[answer.caller].outcome = answer.outcome
    }
    check()
  }

  private func check() {
    let broken = state.brokenInvariants(now: now)
    #expect(broken == [], "seed \(seed)")
  }
}

/// Chance that can be repeated (SplitMix64).
private struct Chance {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }
}
