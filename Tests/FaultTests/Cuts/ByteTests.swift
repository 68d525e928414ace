import GuaranteeLedger
import TestSupport
import Testing

@Suite("A recording, cut at every byte", .patience)
struct ByteTests {
  /// The short form tries each seventh byte, from a place that the seed gives.
  private static let stride = FaultPlan.isLong ? 1 : 7

  /// One call after the other on a ledger that stays open, with the cut so many bytes later each time.
  @Test("It has its effect once, never a part of it", arguments: MessageDirection.allCases)
  func everyByte(direction: MessageDirection) async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    let proxy = try ledger.proxy()
    let opened = try await Ledger.open(.patient(proxy.connectionString(database: ledger.database)))
    let client = LedgerClient(ledger: opened)
    var workload = Workload(seed: FaultPlan.seed)
    // The first call of a connection prepares the statement; the others are alike.
    var answers = await workload.payer(calls: 2, run: "first").run(
      with: client, deadline: RecordingSession.ample)
    var cutCount = 0
    var uncutCount = 0
    var byte = Int(FaultPlan.seed % UInt64(Self.stride))
    while uncutCount < 3 {
      let caller = workload.payer(calls: 1, run: "\(byte)")
      proxy.follow(Cut.once(direction, byte: byte))
      answers += await caller.run(with: client, deadline: RecordingSession.ample)
      cutCount += proxy.faults.count
      uncutCount += proxy.faults.isEmpty ? 1 : 0
      byte += Self.stride
    }
    await opened.shutDown()
    let audit = try await ledger.audit(answers)
    print("\(direction): \(cutCount) cuts up to byte \(byte), \(answers.count) answers")
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(answers.unrecorded == [])
    #expect(cutCount > 20)
  }

  /// From the first byte of a connection to its last: the ledger is opened, records, and is closed.
  @Test("A whole conversation, cut at every byte, has its effect once", arguments: MessageDirection.allCases)
  func wholeConversation(direction: MessageDirection) async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    let stride = FaultPlan.times(97, long: 1)
    var workload = Workload(seed: FaultPlan.seed)
    var answers: [Answer] = []
    var (cutCount, uncutCount) = (0, 0)
    var byte = Int(FaultPlan.seed % UInt64(stride))
    while uncutCount < 2 {
      let proxy = try ledger.proxy(plan: Cut.once(direction, byte: byte))
      let caller = workload.payer(calls: 1, run: "\(byte)")
      answers += try await RecordingSession(ledger, through: proxy).run([caller])
      cutCount += proxy.faults.count
      uncutCount += proxy.faults.isEmpty ? 1 : 0
      byte += stride
    }
    let audit = try await ledger.audit(answers)
    print("\(direction): \(cutCount) whole conversations cut up to byte \(byte), \(answers.count) answers")
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(answers.unrecorded == [])
    #expect(cutCount > 5)
  }
}
