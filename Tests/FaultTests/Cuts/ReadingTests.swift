import GuaranteeLedger
import TestSupport
import Testing

@Suite("A report, cut at every message", .patience)
struct ReadingTests {
  private static func rows(_ ledger: Ledger) async throws -> [[String?]] {
    var rows: [[String?]] = []
    try await ledger.report(.balances, columns: { _ in }, row: { rows.append($0) })
    return rows
  }

  @Test(
    "It is whole, or fails as a loss; never a part of it", arguments: MessageDirection.allCases,
    [Cut.Place.before, .behind])
  func everyMessage(direction: MessageDirection, place: Cut.Place) async throws {
    let fault = try await FaultLedger.make(on: .shared)
    let proxy = try fault.proxy()
    let ledger = try await Ledger.open(.patient(proxy.connectionString(database: fault.database)))
    var workload = Workload(seed: FaultPlan.seed)
    let payments = Intent.offices.map { [workload.payment("all-\($0)", at: $0)] }
    _ = await Caller(name: "all", calls: payments).run(
      with: LedgerClient(ledger: ledger), deadline: RecordingSession.ample)
    let expected = try await Self.rows(ledger)
    try #require(expected.count > 4)
    var cutCount = 0
    var failureCount = 0
    var uncutCount = 0
    while uncutCount < 2 {
      proxy.follow(Cut.once(direction, message: cutCount + uncutCount + 1, place))
      do {
        #expect(try await Self.rows(ledger) == expected)
      } catch let error as LedgerError {
        failureCount += 1
        #expect(error.code == .connectionLost, "\(error)")
      }
      cutCount += proxy.faults.count
      uncutCount += proxy.faults.isEmpty ? 1 : 0
    }
    await ledger.shutDown()
    print("\(direction) \(place): \(cutCount) cuts, \(failureCount) reports failed")
    #expect(cutCount > 3)
  }
}
