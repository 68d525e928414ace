import GuaranteeLedger
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

  @Test("A server that answers before it has written is found by what is lost when all is killed", .heavy)
  func hastyServer() async throws {
    let server = try await TemporaryServer(settings: ["synchronous_commit = off", "wal_writer_delay = '10s'"])
    let ledger = try await FaultLedger.make(on: server)
    let (answers, _) = try await CrashTests.answers(on: ledger, during: .allKilled)
    #expect(try await ledger.audit(answers).findings.contains { $0.contains("is lost, told recorded") })
  }

  @Test("A ledger that takes every key for a new one is found by what is there twice")
  func forgetfulLedger() async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    let connection = try await PostgresConnection.connect(to: ledger.direct)
    try await connection.execute(Self.forgetting)
    await connection.close()
    let proxy = try ledger.proxy()
    let opened = try await Ledger.open(.patient(proxy.connectionString(database: ledger.database)))
    var workload = Workload(seed: FaultPlan.seed)
    let caller = workload.payer(calls: 6, run: "1")
    // Right before a commit's answer: the library sends the same keys again, as it should.
    proxy.follow(Cut.once(.toClient, "C", .before))
    let answers = await caller.run(with: LedgerClient(ledger: opened), deadline: RecordingSession.ample)
    await opened.shutDown()
    #expect(proxy.faults.count == 1)
    #expect(try await ledger.audit(answers).findings.contains { $0.contains("is there 2 times") })
  }

  /// Whatever is sent gets a key that nothing has had yet.
  private static let forgetting = """
    alter function guarantee_api.record(jsonb) rename to record_by_key;
    create function guarantee_api.record(events jsonb)
    returns table ("position" integer, key text, result text, message text, detail jsonb, office text, sequence bigint)
    language sql as $$
      select r."position", split_part(r.key, '#', 1), r.result, r.message, r.detail, r.office, r.sequence
        from guarantee_api.record_by_key((
          select jsonb_agg(e || jsonb_build_object('key', (e ->> 'key') || '#' || substr(md5(random()::text), 1, 9)) order by n)
            from jsonb_array_elements(events) with ordinality x (e, n))) r
    $$
    """
}
