import GuaranteeLedger
import PostgresClient
import Synchronization
import TestSupport
import Testing

@Suite("A connection that stands still", .patience)
struct FrozenConnectionTests {
  /// Each message is held back once: by the time it arrives, its events were long sent again over another
  /// connection. Only between a statement and the end of its transaction is what has come again kept waiting.
  @Test(
    "At any message, the events are sent again, and what arrives late does no harm",
    arguments: MessageDirection.allCases, [Cut.Place.before, .behind])
  func everyMessage(direction: MessageDirection, place: Cut.Place) async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    var workload = Workload(seed: FaultPlan.seed)
    var answers: [Answer] = []
    var freezeCount = 0
    // The messages of two first calls on a connection.
    for number in 1...(direction == .toServer ? 12 : 20) {
      let proxy = try ledger.proxy()
      var configuration = LedgerConfiguration.patient(proxy.connectionString(database: ledger.database))
      configuration.attemptTimeout = .milliseconds(500)
      configuration.recordingConnections = 1
      let opened = try await Ledger.open(configuration)
      let freeze = Cut.freezing(direction, message: number, place)
      proxy.follow {
        let action = freeze($0)
        return Self.isHeldOpen($0, place) ? .pass : action
      }
      answers += await Caller.runAll(
        workload.callers(2, calls: 1, run: "\(number)"), with: LedgerClient(ledger: opened),
        deadline: RecordingSession.ample)
      freezeCount += proxy.faults.count
      proxy.thaw()
      await opened.shutDown()
      #expect(proxy.cancelRequestCount == 0)
    }
    let audit = try await ledger.audit(answers)
    print("\(direction) \(place): \(freezeCount) freezes, \(answers.count) answers")
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(answers.unsettled == [])
    #expect(freezeCount > 0)
  }

  /// Whether the server would be left with a statement done and nothing that ends its transaction.
  private static func isHeldOpen(_ message: ProxiedMessage, _ place: Cut.Place) -> Bool {
    message.kind == .lettered(place == .before ? "S" : "E") && message.direction == .toServer
  }

  @Test("In the midst of a transaction, the events that come again wait for it, and are there once")
  func heldOpen() async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    let proxy = try ledger.proxy()
    var configuration = LedgerConfiguration.patient(proxy.connectionString(database: ledger.database))
    configuration.attemptTimeout = .milliseconds(100)
    let opened = try await Ledger.open(configuration)
    let client = LedgerClient(ledger: opened)
    let observer = try await PostgresConnection.connect(to: ledger.direct)
    var workload = Workload(seed: FaultPlan.seed)
    // The first call of a connection prepares the statement in a transaction of its own.
    var answers = await workload.payer(calls: 1, run: "first").run(
      with: client, deadline: RecordingSession.ample)
    let caller = workload.payer(calls: 1, run: "held")
    // Right behind the call's Execute, which its large Bind goes before.
    let isCalled = Atomic<Bool>(false)
    proxy.follow { message in
      guard message.direction == .toServer else { return .pass }
      if message.kind == .lettered("B"), message.byteCount > 150 { isCalled.store(true, ordering: .relaxed) }
      guard message.kind == .lettered("E"), isCalled.exchange(false, ordering: .relaxed) else { return .pass }
      return .freeze(afterBytes: message.byteCount)
    }
    async let given = caller.run(with: client, deadline: RecordingSession.ample)
    try await observer.waitForSession("datname = current_database() and wait_event_type = 'Lock'")
    proxy.follow { _ in .pass }
    proxy.thaw()
    answers += await given
    await opened.shutDown()
    await observer.close()
    #expect(try await ledger.audit(answers).findings == [])
    #expect(answers.unrecorded == [])
  }
}
