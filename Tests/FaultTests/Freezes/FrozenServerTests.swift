import Glibc
import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite("A server that stands still", .heavy, .patience)
struct FrozenServerTests {
  @Test("Every caller is answered by its deadline while it does, and the answers are true when it goes on")
  func whole() async throws {
    let ledger = try await FaultLedger.make(on: try await TemporaryServer())
    var configuration = LedgerConfiguration.patient(ledger.direct)
    configuration.attemptTimeout = .milliseconds(200)
    let opened = try await Ledger.open(configuration)
    let client = LedgerClient(ledger: opened)
    var workload = Workload(seed: FaultPlan.seed)
    let callers = workload.callers(8, calls: 2, run: "frozen")
    ledger.server.freeze()
    // That this returns at all is the point: the server goes on only afterwards.
    let during = await Caller.runAll(callers, with: client, deadline: .seconds(1))
    #expect(during.settled == [])
    ledger.server.thaw()
    let after = await Caller.runAll(callers, with: client, deadline: RecordingSession.ample)
    await opened.shutDown()
    let audit = try await ledger.audit(during + after)
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(after.unsettled == [])
  }

  @Test("A backend that stops with the event in its hands records it late, and once")
  func backend() async throws {
    let ledger = try await FaultLedger.make(on: try await TemporaryServer())
    var configuration = LedgerConfiguration.patient(ledger.direct)
    configuration.attemptTimeout = .milliseconds(200)
    let opened = try await Ledger.open(configuration)
    let client = LedgerClient(ledger: opened)
    let observer = try await PostgresConnection.connect(to: ledger.direct)
    let holder = try await PostgresConnection.connect(to: ledger.direct)
    var workload = Workload(seed: FaultPlan.seed)
    let caller = workload.payer(calls: 1, run: "stopped")
    try await holder.execute("begin; select from guarantee.book for update")
    async let given = caller.run(with: client, deadline: RecordingSession.ample)
    let session = try await observer.waitForSession("wait_event_type = 'Lock'")
    let pid = try #require(session.split(separator: " ").first.flatMap { Int32($0) })
    #expect(kill(pid, SIGSTOP) == 0)
    // The event comes again, and waits behind the one that will record it.
    try await observer.waitForSession("wait_event_type = 'Lock' and pid <> \(pid)")
    try await holder.execute("commit")
    #expect(kill(pid, SIGCONT) == 0)
    let answers = await given
    await opened.shutDown()
    await holder.close()
    await observer.close()
    let audit = try await ledger.audit(answers)
    #expect(audit.findings == [])
    #expect(answers.unrecorded == [])
  }
}
