import GuaranteeLedger
import TestSupport
import Testing

@Suite("A recording session through PgBouncer, cut at every message on either side of it", .heavy, .patience)
struct PooledBoundaryTests {
  /// The short form tries each fourth message, from a place that the seed gives.
  private static let stride = FaultPlan.isLong ? 1 : 4
  private static let first = 1 + Int(FaultPlan.seed % UInt64(stride))

  @Test(
    "Before PgBouncer, nothing is lost, nothing doubled, and every answer is true",
    arguments: MessageDirection.allCases)
  func before(direction: MessageDirection) async throws {
    let server = try await TemporaryServer()
    let ledger = try await FaultLedger.make(on: server)
    let told = try await {
      let pooler = try await PgBouncer(before: server)
      return try await sessions(direction) { plan, callers in
        let proxy = try CuttingProxy(to: pooler.folder, port: PgBouncer.port, plan: plan)
        return (try await RecordingSession(ledger, through: proxy).run(callers), proxy.faults)
      }
    }()
    try await expectTruth(of: told, on: ledger, "before \(direction)")
  }

  /// PgBouncer then tells its client in words of its own that something is wrong with the server.
  @Test("Behind it, the same", arguments: MessageDirection.allCases)
  func behind(direction: MessageDirection) async throws {
    let server = try await TemporaryServer()
    let ledger = try await FaultLedger.make(on: server)
    let told = try await {
      let proxy = try ledger.proxy()
      let pooler = try await PgBouncer(before: server, through: proxy)
      return try await sessions(direction) { plan, callers in
        proxy.follow(plan)
        let session = RecordingSession(to: pooler.connectionString(database: ledger.database))
        return (try await session.run(callers), proxy.faults)
      }
    }()
    try await expectTruth(of: told, on: ledger, "behind \(direction)")
  }

  private typealias Told = (answers: [Answer], cuts: [ProxyFault])

  /// Runs sessions with the cut some messages later each time, until two were over before it.
  ///
  /// - Parameter session: runs one with a plan.
  private func sessions(
    _ direction: MessageDirection, _ session: (@escaping CuttingProxy.Plan, [Caller]) async throws -> Told
  ) async throws -> Told {
    var workload = Workload(seed: FaultPlan.seed)
    var all: Told = ([], [])
    var uncutCount = 0
    var number = Self.first
    while uncutCount < 2 {
      let callers = workload.callers(4, calls: 3, run: "\(number)")
      let told = try await session(Cut.once(direction, message: number, .before), callers)
      all.answers += told.answers
      all.cuts += told.cuts
      uncutCount += told.cuts.isEmpty ? 1 : 0
      number += Self.stride
    }
    return all
  }

  /// PgBouncer and its sessions must be on their way out by now, since the audit waits for that.
  private func expectTruth(of told: Told, on ledger: FaultLedger, _ name: String) async throws {
    let audit = try await ledger.audit(told.answers)
    print(
      "\(name): \(told.cuts.count) cuts, \(told.answers.count) answers, \(audit.recordedCount) recorded")
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(told.answers.unsettled == [])
    #expect(told.cuts.count > 5)
  }
}
