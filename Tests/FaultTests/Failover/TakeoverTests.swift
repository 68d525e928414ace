import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite("A standby that takes over under the load of eight callers", .serialized, .heavy, .patience)
struct TakeoverTests {
  enum Loss: String, CaseIterable, Sendable {
    /// The first process alone, as by a crash.
    case killed
    case stopped
    /// It answers nobody any more, but keeps its sockets.
    case frozen
    /// It goes on as if it were alone, until somebody ends it.
    case orphaned
    /// It was told to take no more changes, as before a planned change of roles.
    case readOnly
  }

  /// In the long form two or three times each, with other seeds.
  static let rounds: [UInt64] = FaultPlan.isLong ? [0, 1, 2] : [0]

  @Test("Nothing acknowledged is lost, and nothing doubled", arguments: Loss.allCases, rounds)
  func takeover(loss: Loss, round: UInt64) async throws {
    var database = ""
    let pair = try await StandbyPair { database = try await FaultLedger.make(on: $0).database }
    var configuration = LedgerConfiguration.patient(pair.connectionString(database: database))
    configuration.attemptTimeout = .seconds(1)
    let opened = try await Ledger.open(configuration)
    var workload = Workload(seed: FaultPlan.seed + round)
    let load = UnderLoad(blowCount: 1, answersBetween: FaultPlan.times(60, long: 2_000))
    let answers = try await load.run(LedgerClient(ledger: opened), &workload, run: "\(loss)\(round)") { _ in
      try await Self.lose(pair, by: loss)
    }
    await opened.shutDown()
    if loss == .frozen { pair.primary.thaw() }
    let audit = try await FaultLedger(server: pair.standby, database: database).audit(answers)
    print("\(loss): \(answers.count) answers, \(audit.recordedCount) recorded")
    #expect(audit.findings == [], "seed \(FaultPlan.seed + round)")
    #expect(answers.unsettled == [])
  }

  private static func lose(_ pair: StandbyPair, by loss: Loss) async throws {
    switch loss {
    case .killed: pair.primary.kill()
    case .stopped: try await pair.primary.control("stop -m immediate")
    case .frozen: pair.primary.freeze()
    case .orphaned: break
    case .readOnly:
      try await pair.primary.run("alter system set default_transaction_read_only = on")
      try await pair.primary.run("select pg_reload_conf()")
    }
    try await pair.promote()
    guard loss == .orphaned else { return }
    // No commit of its is answered any more: the one it waits for is gone.
    let observer = try await PostgresConnection.connect(to: pair.primary.connectionString())
    try await observer.waitForSynchronousWait()
    await observer.close()
    pair.primary.kill()
  }
}
