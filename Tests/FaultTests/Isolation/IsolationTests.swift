import GuaranteeLedger
import PostgresClient
import ReferenceLedger
import TestSupport
import Testing

@Suite("Eight writers at once, and one plain ledger that takes the same one by one", .patience)
struct IsolationTests {
  private static let operations = FaultPlan.times(3_000, long: 100_000)

  @Test(
    "There is an order in which every operation would have had the result that it had, and money is conserved"
  )
  func ordered() async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    let history = try await ledger.history(writers: 8, operations: Self.operations, seed: FaultPlan.seed)
    let counts = Dictionary(grouping: history.operations, by: \.result).mapValues(\.count)
    print("isolation: \(history.operations.count) operations, \(counts.sorted { $0.key < $1.key })")
    #expect(try await findings(history, ledger) == [], "seed \(FaultPlan.seed)")
    // Without these it would say nothing of what it is about.
    for result in ["recorded", "insufficient_funds", "unknown_party"] {
      #expect(counts[result, default: 0] > Self.operations / 200, "\(result)")
    }
    #expect(try await Journal.read(ledger.direct).faults == [])
    try await expectConservation(history, ledger)
  }

  @Test("Books that nobody locks are found by what the writers are told")
  func canary() async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    let connection = try await PostgresConnection.connect(to: ledger.direct)
    try await connection.replace(
      "perform pg_advisory_xact_lock(", in: "guarantee_api.lock_books", by: "perform concat(")
    await connection.close()
    let history = try await ledger.history(writers: 8, operations: 2_000, seed: FaultPlan.seed)
    #expect(try await findings(history, ledger) != [])
  }

  private func findings(_ history: History, _ ledger: FaultLedger) async throws -> [String] {
    let opened = try await Ledger.open(.patient(ledger.direct))
    let today = try await opened.today().description
    await opened.shutDown()
    let found = history.findings(
      try await ledger.moments(), rules: try .ofThisPackage(), today: try #require(Day(today)))
    return Array(found.prefix(10))
  }

  private func expectConservation(_ history: History, _ ledger: FaultLedger) async throws {
    var sums: [String: Int] = [:]
    for operation in history.operations where operation.result == "recorded" {
      guard let amount = operation.event["amount"]?.split(separator: ".").first.flatMap({ Int($0) }) else {
        continue
      }
      sums[operation.office, default: 0] +=
        operation.event["event"] == "receive_funds" ? amount * 100 : -amount * 100
    }
    #expect(try await Journal.read(ledger.direct).balances == sums)
  }
}
