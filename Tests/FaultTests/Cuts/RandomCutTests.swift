import GuaranteeLedger
import ReferenceLedger
import Synchronization
import TestSupport
import Testing

// One after the other: sessions whose client is gone without their being told add up.
@Suite("Connections cut at random", .patience, .serialized)
struct RandomCutTests {
  private static let seeds: [UInt64] =
    FaultPlan.isLong ? (0..<20).map { FaultPlan.seed + $0 } : [FaultPlan.seed]
  private static let calls = FaultPlan.isLong ? 70 : 10
  private static let events = FaultPlan.times(320, long: 2_000)

  /// Every sixtieth message or so, in all the ways in which a connection may be lost: more than a tenth of all
  /// transactions.
  ///
  /// - Parameter transactions: counts them.
  private static func plan(seed: UInt64, counting transactions: Milestones? = nil) -> CuttingProxy.Plan {
    let random = Mutex(SplitMix64(seed: seed))
    return { message in
      if message.kind == .lettered("S"), message.direction == .toServer { transactions?.advance(by: 1) }
      return random.withLock { random in
        guard random.below(60) == 0 else { return .pass }
        let count = random.within(0...message.byteCount)
        // What the server has done without the client's hearing of it: it isn't told, or its answers don't
        // come, those to the startup apart.
        let isAnswer = message.direction == .toClient && ["1", "2", "T", "D", "C"].contains(message.letter)
        switch random.below(isAnswer ? 10 : 7) {
        case 7, 8: return .cutClient(afterBytes: count)
        case 9: return .freeze(afterBytes: count)
        default: return .cut(afterBytes: count)
        }
      }
    }
  }

  /// A ledger behind the proxy, with batches and queues of any size.
  private static func open(
    _ ledger: FaultLedger, through proxy: CuttingProxy, seed: UInt64
  ) async throws -> Ledger {
    var random = SplitMix64(seed: seed)
    var configuration = LedgerConfiguration.patient(proxy.connectionString(database: ledger.database))
    configuration.attemptTimeout = .milliseconds(250)
    configuration.batchLimit = random.pick([1, 3, 10, 1_000])
    configuration.queueLimit = random.pick([5, 20, 10_000])
    configuration.recordingConnections = random.within(1...4)
    return try await Ledger.open(configuration)
  }

  @Test("Sixteen callers have what they wanted once, and no more", arguments: seeds)
  func crowd(seed: UInt64) async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    let proxy = try ledger.proxy()
    let opened = try await Self.open(ledger, through: proxy, seed: seed)
    var workload = Workload(seed: seed)
    let callers = workload.callers(16, events: Self.events, run: "\(seed)")
    let transactions = Milestones()
    proxy.follow(Self.plan(seed: seed, counting: transactions))
    let answers = await Caller.runAll(
      callers, with: LedgerClient(ledger: opened), deadline: RecordingSession.ample)
    let faults = proxy.faults
    proxy.follow { _ in .pass }
    proxy.thaw()
    await opened.shutDown()
    proxy.cutAll()
    let audit = try await ledger.audit(answers)
    print(
      "seed \(seed): \(faults.count) cuts in \(transactions.count) transactions, \(answers.count) answers,",
      "\(audit.recordedCount) recorded")
    #expect(audit.findings == [], "seed \(seed)")
    #expect(answers.unsettled == [], "seed \(seed)")
    #expect(answers.count == Self.events)
    #expect(audit.journal.entries.count == answers.count { $0.intent.isLegal })
    #expect(faults.count * 10 > transactions.count)
  }

  @Test("Callers that lose patience or are cancelled are told the truth, and take nobody's events with them")
  func impatient() async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    let proxy = try ledger.proxy()
    let opened = try await Self.open(ledger, through: proxy, seed: FaultPlan.seed)
    let client = LedgerClient(ledger: opened)
    var workload = Workload(seed: FaultPlan.seed)
    let patient = workload.callers(8, calls: Self.calls, run: "patient")
    let impatient = (1...3).map { workload.callers(4, calls: Self.calls, run: "impatient-\($0)") }
    proxy.follow(Self.plan(seed: FaultPlan.seed))
    let answered = Milestones()
    async let others = Caller.runAll(patient, with: client, deadline: RecordingSession.ample) {
      answered.advance(by: $0.count)
    }
    // Some of these are over before anything is sent, some while it is under way, some after it is done.
    async let first = Caller.runAll(impatient[0], with: client, deadline: .milliseconds(8))
    async let second = Caller.runAll(impatient[1], with: client, deadline: .milliseconds(60))
    let cancelled = impatient[2].map { caller in
      Task { await caller.run(with: client, deadline: RecordingSession.ample) }
    }
    for (index, task) in cancelled.enumerated() {
      await answered.reach((index + 1) * 10)
      task.cancel()
    }
    var hasty = await first + second
    for task in cancelled { hasty += await task.value }
    let answers = await others
    proxy.follow { _ in .pass }
    proxy.thaw()
    // Who was left in the dark sends the same again.
    let again = await Caller.runAll(impatient.flatMap { $0 }, with: client, deadline: RecordingSession.ample)
    await opened.shutDown()
    proxy.cutAll()
    let audit = try await ledger.audit(answers + hasty + again)
    print(
      "impatient: \(hasty.settled.count) settled and \(audit.unknownCount) left open of \(hasty.count); then \(again.count)"
    )
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect((answers + again).unsettled == [])
  }
}
