import GuaranteeLedger
import TestSupport
import Testing

@Suite("A standby that is asked again what the primary has recorded", .heavy, .patience)
struct ReplayByStandbyTests {
  /// PgBouncer leads to a standby for a moment when roles change: it takes no changes, and has the event already.
  @Test("It answers nothing, and the outcome is not left open: the primary is asked")
  func replay() async throws {
    var database = ""
    let pair = try await StandbyPair(settings: ["synchronous_commit = remote_apply"]) {
      database = try await FaultLedger.make(on: $0).database
    }
    let proxy = try CuttingProxy(to: pair.primary.folder)
    // The standby is tried first once a connection to the primary broke, and is taken for want of a demand.
    let target =
      "host=\(proxy.folder),\(pair.standby.folder) dbname=\(database) user=postgres"
      + " sslmode=disable gssencmode=disable target_session_attrs=any"
    let ledger = try await Ledger.open(.patient(target))
    var workload = Workload(seed: FaultPlan.seed)
    let callers = workload.callers(4, calls: 3, run: "standby")
    proxy.follow(Cut.once(.toClient, "D", .before))
    let answers = await Caller.runAll(
      callers, with: LedgerClient(ledger: ledger), deadline: RecordingSession.ample)
    await ledger.shutDown()
    #expect(proxy.faults.count == 1)
    #expect(answers.unsettled == [])
    #expect(try await FaultLedger(server: pair.primary, database: database).audit(answers).findings == [])
  }
}
