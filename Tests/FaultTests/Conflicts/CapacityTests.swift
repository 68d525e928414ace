import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite("No room", .patience)
struct CapacityTests {
  @Test("A server with no connection left is asked again until it has one", .heavy)
  func connections() async throws {
    let server = try await TemporaryServer(settings: [
      "max_connections = 6", "superuser_reserved_connections = 0", "max_wal_senders = 0",
    ])
    let fault = try await FaultLedger.make(on: server)
    let proxy = try fault.proxy()
    let ledger = try await Ledger.open(.patient(proxy.connectionString(database: fault.database)))
    var others: [PostgresConnection] = []
    proxy.cutAll()
    try await until {
      if let other = try? await PostgresConnection.connect(to: server.connectionString()) {
        others.append(other)
      }
      return others.count == 6
    }
    var workload = Workload(seed: FaultPlan.seed)
    let caller = workload.payer(calls: 1, run: "crowded")
    let before = proxy.connectionCount
    async let given = caller.run(with: LedgerClient(ledger: ledger), deadline: RecordingSession.ample)
    try await until { proxy.connectionCount >= before + 3 }
    for other in others { await other.close() }
    let answers = await given
    await ledger.shutDown()
    #expect(try await fault.audit(answers).findings == [])
    #expect(answers.map(\.told) == [.recorded])
  }

  @Test(
    "With the queue full, callers wait for room; who finds none by the deadline is told that nothing was sent"
  )
  func queue() async throws {
    let fault = try await FaultLedger.make(on: .shared)
    var configuration = LedgerConfiguration.patient(fault.direct)
    configuration.queueLimit = 4
    configuration.batchLimit = 2
    let ledger = try await Ledger.open(configuration)
    let client = LedgerClient(ledger: ledger)
    let holder = try await PostgresConnection.connect(to: fault.direct)
    try await holder.execute("begin; select from guarantee.book for update")
    var workload = Workload(seed: FaultPlan.seed)
    let patient = (1...8).map { workload.payer(calls: 1, run: "patient-\($0)") }
    let hasty = (1...8).map { workload.payer(calls: 1, run: "hasty-\($0)") }
    async let late = Caller.runAll(patient, with: client, deadline: RecordingSession.ample)
    try await holder.waitForSession("datname = current_database() and wait_event_type = 'Lock'")
    let early = await Caller.runAll(hasty, with: client, deadline: .milliseconds(200))
    try await holder.execute("commit")
    let answers = await late
    await ledger.shutDown()
    await holder.close()
    #expect(try await fault.audit(answers + early).findings == [])
    #expect(answers.unrecorded == [])
    #expect(early.contains { $0.told == .notRecorded(.queueFull) })
    #expect(early.settled == [])
  }
}
