import PostgresClient
import TestSupport
import Testing

@Suite("Whether these tests would find a client that lies", .patience)
struct CanaryTests {
  /// Cuts a client's only connection once in each of several runs, always when the server has done the work.
  private func audit(_ habit: PlainClient.Habit) async throws -> Audit {
    let ledger = try await FaultLedger.make(on: .shared)
    var workload = Workload(seed: FaultPlan.seed)
    var answers: [Answer] = []
    for run in 1...5 {
      let proxy = try ledger.proxy(plan: Cut.once(.toClient, "C", .before))
      let client = PlainClient(proxy.connectionString(database: ledger.database), habit)
      let callers = workload.callers(1, calls: 3, run: "\(run)")
      answers += await Caller.runAll(callers, with: client, deadline: RecordingSession.ample)
      #expect(proxy.faults.count == 1)
      await client.close()
    }
    return try await ledger.audit(answers)
  }

  @Test("One that sends the same keys again has nothing to hide")
  func honest() async throws {
    let audit = try await audit(.sendsSameKeys)
    #expect(audit.findings == [])
    #expect(audit.recordedCount > 10)
    #expect(audit.journal.entries.count == audit.recordedCount)
  }

  @Test("One that sends again under a new key is found by what is there twice")
  func doubling() async throws {
    let audit = try await audit(.sendsNewKeys)
    #expect(audit.findings.contains { $0.contains("is there 2 times") })
  }

  @Test("One that takes a loss for a failure is found by what is there all the same")
  func pessimist() async throws {
    let audit = try await audit(.believesInFailure)
    #expect(audit.findings.contains { $0.contains("is there, told notRecorded") })
  }

  @Test("One that takes a loss for a success is found by what is lost")
  func optimist() async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    var workload = Workload(seed: FaultPlan.seed)
    let proxy = try ledger.proxy(plan: Cut.once(.toServer, "B", .before))
    let client = PlainClient(proxy.connectionString(database: ledger.database), .believesInSuccess)
    let answers = await Caller.runAll(
      workload.callers(1, calls: 3, run: "1"), with: client, deadline: RecordingSession.ample)
    await client.close()
    let audit = try await ledger.audit(answers)
    #expect(audit.findings.contains { $0.contains("is lost, told recorded") })
  }
}
