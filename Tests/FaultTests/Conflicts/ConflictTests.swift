import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite("Other transactions in the way", .patience)
struct ConflictTests {
  /// Runs `body` with a ledger whose sessions have settings of their own, and with a session past the library that has
  /// the server's.
  private func withSettings(
    _ settings: [String],
    _ body: (FaultLedger, LedgerClient, PostgresConnection, inout Workload) async throws -> [Answer]
  ) async throws {
    let fault = try await FaultLedger.make(on: .shared)
    let other = try await PostgresConnection.connect(to: fault.direct)
    for setting in settings { try await fault.server.run("alter database \(fault.database) set \(setting)") }
    let ledger = try await Ledger.open(.patient(fault.direct))
    var workload = Workload(seed: FaultPlan.seed)
    let answers = try await body(fault, LedgerClient(ledger: ledger), other, &workload)
    await other.close()
    await ledger.shutDown()
    try await fault.server.run("alter database \(fault.database) reset all")
    #expect(try await fault.audit(answers).findings == [], "seed \(FaultPlan.seed)")
    #expect(answers.unsettled == [])
  }

  @Test("A recording that is ended as one side of a deadlock is made again")
  func deadlock() async throws {
    try await withSettings(["deadlock_timeout = '10ms'"]) { fault, client, other, workload in
      let gate = try await PostgresConnection.connect(to: fault.direct)
      try await gate.execute("begin; select from guarantee.book where office = 'HARBIN' for update")
      try await other.execute("begin; select from guarantee.book where office = 'QINGDAO' for update")
      let caller = Caller(name: "one", calls: [Intent.offices.map { workload.payment("one-\($0)", at: $0) }])
      async let given = caller.run(with: client, deadline: RecordingSession.ample)
      // It holds Dalian's book and waits at the gate; behind that it will wait for the one who waits for Dalian's.
      let recording = try await gate.waitForSession(Self.isBlocked)
      // Only a session that begins to wait looks for a circle, and this one takes its time.
      async let end: Void = other.execute(
        """
        set deadlock_timeout = '1h'; select from guarantee.book where office = 'DALIAN' for update; commit
        """)
      try await gate.waitForSession(Self.isBlocked, otherThan: recording)
      try await gate.execute("commit")
      // That it comes to its end shows that the recording gave way.
      try await end
      await gate.close()
      return await given
    }
  }

  private static let isBlocked = "datname = current_database() and wait_event_type = 'Lock'"

  @Test("Recordings that can't be put in a row are made again, however the login isolates its transactions")
  func serialization() async throws {
    try await withSettings(["default_transaction_isolation = 'serializable'"]) { _, client, other, workload in
      try await other.execute("begin; update guarantee.book set recorded_at = recorded_at")
      let callers = workload.callers(8, calls: 10, run: "serializable")
      async let given = Caller.runAll(callers, with: client, deadline: RecordingSession.ample)
      try await other.waitForSession(Self.isBlocked)
      // Who waits for this has seen what was before it, and can't go on.
      try await other.execute("commit")
      return await given
    }
  }

  @Test(
    "A statement or a lock that takes too long is tried again until there is room",
    arguments: ["statement_timeout", "lock_timeout"])
  func timeout(setting: String) async throws {
    // Long enough for whatever waits for nobody, on a busy machine too.
    try await withSettings(["\(setting) = '1s'"]) { _, client, other, workload in
      try await other.execute("begin; select from guarantee.book for update")
      let caller = workload.payer(calls: 1, run: setting)
      async let given = caller.run(with: client, deadline: RecordingSession.ample)
      // Three tries at least, told apart by the time at which they began.
      var session: String?
      for _ in 1...3 {
        session = try await other.waitForSession(
          Self.isBlocked, otherThan: session)
      }
      try await other.execute("commit")
      return await given
    }
  }
}
