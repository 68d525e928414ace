import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite("A commit that nobody but the primary has", .heavy, .patience)
struct CancelledWaitTests {
  private static let rounds = FaultPlan.isLong ? 50 : 5

  /// The server answers such a commit with a warning and success.
  @Test("When the wait for the standby is cancelled, nobody is told that it is recorded")
  func cancelled() async throws {
    var database = ""
    let pair = try await StandbyPair { database = try await FaultLedger.make(on: $0).database }
    let opened = try await Ledger.open(.patient(pair.connectionString(database: database)))
    let client = LedgerClient(ledger: opened)
    let observer = try await PostgresConnection.connect(to: pair.primary.connectionString())
    var workload = Workload(seed: FaultPlan.seed)
    var answers: [Answer] = []
    for round in 1...Self.rounds {
      pair.standby.freeze()
      let caller = workload.payer(calls: 1, run: "\(round)")
      let answered = Milestones()
      async let given = caller.run(with: client, deadline: RecordingSession.ample) {
        answered.advance(by: $0.count)
      }
      // The event is sent again, and its answer has to wait for the standby as well, however often.
      var session: String?
      for _ in 1...3 {
        let waiting = try await observer.waitForSynchronousWait(otherThan: session)
        #expect(answered.count == 0)
        try await observer.cancel(waiting)
        session = waiting
      }
      try await observer.waitForSynchronousWait(otherThan: session)
      #expect(answered.count == 0)
      if round < Self.rounds {
        pair.standby.thaw()
      } else {
        // The last one is lost to the standby, which takes over.
        pair.primary.kill()
        pair.standby.thaw()
        try await pair.promote()
      }
      answers += await given
    }
    await observer.close()
    await opened.shutDown()
    let audit = try await FaultLedger(server: pair.standby, database: database).audit(answers)
    print("\(Self.rounds * 3) cancelled waits, \(answers.count) answers")
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(answers.unrecorded == [])
  }

  @Test("A client that takes that answer for a success is found by what is lost")
  func canary() async throws {
    var database = ""
    let pair = try await StandbyPair { database = try await FaultLedger.make(on: $0).database }
    let client = PlainClient(pair.connectionString(database: database), .believesInSuccess)
    let observer = try await PostgresConnection.connect(to: pair.primary.connectionString())
    var workload = Workload(seed: FaultPlan.seed)
    let caller = workload.payer(calls: 1, run: "believed")
    pair.standby.kill()
    async let given = caller.run(with: client, deadline: RecordingSession.ample)
    try await observer.cancel(try await observer.waitForSynchronousWait())
    let answers = await given
    #expect(answers.unrecorded == [])
    await observer.close()
    await client.close()
    pair.primary.kill()
    try await pair.standby.startAgain()
    try await pair.promote()
    let audit = try await FaultLedger(server: pair.standby, database: database).audit(answers)
    #expect(audit.findings.contains { $0.contains("is lost, told recorded") })
  }

  @Test("When the deadline comes before the standby, the outcome is left open, and the key can be sent again")
  func unknown() async throws {
    var database = ""
    let pair = try await StandbyPair { database = try await FaultLedger.make(on: $0).database }
    let opened = try await Ledger.open(.patient(pair.connectionString(database: database)))
    let client = LedgerClient(ledger: opened)
    var workload = Workload(seed: FaultPlan.seed)
    let caller = workload.payer(calls: 2, run: "early")
    pair.standby.freeze()
    let early = await caller.run(with: client, deadline: .seconds(3))
    #expect(early.contains { if case .unknown = $0.told { true } else { false } })
    #expect(early.settled == [])
    pair.primary.kill()
    pair.standby.thaw()
    try await pair.promote()
    let late = await caller.run(with: client, deadline: RecordingSession.ample)
    await opened.shutDown()
    let audit = try await FaultLedger(server: pair.standby, database: database).audit(early + late)
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(late.unrecorded == [])
  }
}
