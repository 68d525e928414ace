import GuaranteeLedger
import TestSupport
import Testing

@Suite("Whether these tests would find a cluster that loses what it has acknowledged", .heavy, .patience)
struct LostCommitTests {
  @Test(
    "One whose commits don't wait for a standby is found by what is lost",
    .enabled(if: Cluster.missingPrograms.isEmpty, "\(Cluster.missingPrograms) are not here"))
  func asynchronous() async throws {
    let cluster = try await Cluster(
      nodeCount: 2,
      replacing: ["synchronous_mode: true": "synchronous_mode: false", "_strict: true": "_strict: false"])
    let database = try await cluster.makeLedger()
    let ledger = try await Ledger.open(
      .patient(cluster.connectionString(to: cluster.nodes, database: database)))
    let primary = try await cluster.primaryWhenWhole()
    let standby = try #require(cluster.nodes.first { $0 != primary })
    var workload = Workload(seed: FaultPlan.seed)
    let caller = workload.payer(calls: 20, run: "lost")
    try await cluster.perform("deafen", standby)
    try await cluster.wait(for: "primary without standby") {
      await cluster.answer(of: primary, to: "select count(*) from pg_stat_replication") == "0"
    }
    let answers = await caller.run(with: LedgerClient(ledger: ledger), deadline: RecordingSession.ample)
    #expect(answers.unrecorded == [])
    try await cluster.perform("kill_both", primary)
    try await cluster.perform("thaw", standby)
    #expect(try await cluster.primary(otherThan: primary) == standby)
    await ledger.shutDown()
    try await cluster.perform("start", primary)
    let audit = try await cluster.audit(answers, database: database)
    #expect(audit.findings.filter { $0.contains("is lost, told recorded") }.count == answers.count)
  }
}
