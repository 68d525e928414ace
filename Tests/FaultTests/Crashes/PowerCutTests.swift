import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite(
  "A machine that loses its power", .serialized, .heavy, .patience,
  .enabled("only root can mount the disk that forgets") { await TemporaryDisk.canBeMade })
struct PowerCutTests {
  /// A ledger on a disk that from here on keeps what is synchronized alone.
  private static func ledger(on disk: TemporaryDisk) async throws -> FaultLedger {
    let server = try await TemporaryServer(
      settings: ["fsync = on", "full_page_writes = on", "max_wal_size = 64MB"], in: disk.folder)
    let ledger = try await FaultLedger.make(on: server)
    try await server.run("checkpoint")
    // The cluster was made in haste.
    try await disk.synchronize()
    return ledger
  }

  /// Under the load of eight callers and two programs, the power fails again and again.
  private static func answers(
    on ledger: FaultLedger, _ disk: TemporaryDisk, times: Int
  ) async throws -> [Answer] {
    let opened = try await Ledger.open(.patient(ledger.direct))
    let program = ProgramClient(ledger.direct)
    var workload = Workload(seed: FaultPlan.seed)
    let programs = workload.callers(2, calls: 3, run: "program")
    async let told = Caller.runAll(programs, with: program, deadline: RecordingSession.ample)
    let load = UnderLoad(blowCount: times)
    let answers = try await load.run(LedgerClient(ledger: opened), &workload, run: "power") { _ in
      program.killAll()
      ledger.server.killAll()
      try await disk.losePower()
      try await ledger.server.comeBack()
    }
    let all = await answers + told
    await opened.shutDown()
    return all
  }

  @Test("What was acknowledged has been synchronized, and is there once")
  func power() async throws {
    let disk = try await TemporaryDisk(.image, megabytes: 400)
    let ledger = try await Self.ledger(on: disk)
    let times = FaultPlan.times(2, long: 20)
    let answers = try await Self.answers(on: ledger, disk, times: times)
    let audit = try await ledger.audit(answers)
    print("power lost \(times) times, \(answers.count) answers, \(audit.recordedCount) recorded")
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(answers.unsettled == [])
  }

  @Test("A server that doesn't synchronize is found by what is lost")
  func canary() async throws {
    let disk = try await TemporaryDisk(.image, megabytes: 400)
    let ledger = try await Self.ledger(on: disk)
    // From here on commits go into memory alone.
    try await ledger.server.run("alter system set fsync = off")
    try await ledger.server.run("select pg_reload_conf()")
    let answers = try await Self.answers(on: ledger, disk, times: 1)
    let findings = try await ledger.audit(answers).findings
    #expect(findings.contains { $0.contains("is lost, told recorded") })
  }
}
