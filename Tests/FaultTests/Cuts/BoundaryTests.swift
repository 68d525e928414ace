import GuaranteeLedger
import TestSupport
import Testing

@Suite("A recording session, cut at every message", .patience)
struct BoundaryTests {
  /// Sessions with the cut a message later each time, until one is over before it.
  @Test(
    "Nothing is lost, nothing doubled, and every answer is true", arguments: MessageDirection.allCases,
    FaultPlan.isLong ? Cut.Place.allCases : [.before, .behind])
  func everyMessage(direction: MessageDirection, place: Cut.Place) async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    var workload = Workload(seed: FaultPlan.seed)
    var answers: [Answer] = []
    var cuts: [ProxyFault] = []
    var uncutCount = 0
    // How many messages a session takes varies with how the callers' events meet.
    while uncutCount < 3 {
      let number = cuts.count + uncutCount + 1
      let proxy = try ledger.proxy(plan: Cut.once(direction, message: number, place))
      let callers = workload.callers(4, calls: 3, run: "\(number)")
      answers += try await RecordingSession(ledger, through: proxy).run(callers)
      cuts += proxy.faults
      uncutCount += proxy.faults.isEmpty ? 1 : 0
      #expect(proxy.cancelRequestCount == 0)
    }
    let audit = try await ledger.audit(answers)
    print(
      "\(direction) \(place): \(cuts.count) cuts, \(answers.count) answers, \(audit.recordedCount) recorded")
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(answers.unsettled == [])
    #expect(cuts.count > 30)
  }
}
