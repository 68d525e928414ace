import GuaranteeLedger
import TestSupport
import Testing

@Suite(
  "A server that crashes under the load of eight callers and two programs", .serialized, .heavy, .patience)
struct CrashTests {
  /// How long the callers wait for one attempt.
  static let attemptTimeout = Duration.milliseconds(500)

  @Test("What was acknowledged is there once, what was refused is not", arguments: Blow.allCases)
  func crash(blow: Blow) async throws {
    let ledger = try await FaultLedger.make(on: try await TemporaryServer())
    let (answers, load) = try await Self.answers(on: ledger, during: blow)
    let audit = try await ledger.audit(answers)
    print(
      "\(blow): \(blow.count) times, \(answers.count) answers, \(audit.recordedCount) recorded;",
      "longest without an answer \(load.longestSilence)")
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(answers.unsettled == [])
  }

  /// What eight callers of the library and two of the program are told while the blow falls again and again.
  static func answers(on ledger: FaultLedger, during blow: Blow) async throws -> ([Answer], UnderLoad) {
    var configuration = LedgerConfiguration.patient(ledger.direct)
    if blow == .serverStopped { configuration.attemptTimeout = attemptTimeout }
    let opened = try await Ledger.open(configuration)
    let program = ProgramClient(ledger.direct)
    var workload = Workload(seed: FaultPlan.seed)
    let load = UnderLoad(blowCount: blow.count)
    async let told = callPrograms(program, run: "\(blow)-program", during: load)
    let answers = try await load.run(LedgerClient(ledger: opened), &workload, run: "\(blow)") { _ in
      try await blow.fall(on: ledger, and: program)
    }
    let all = await answers + told
    await opened.shutDown()
    return (all, load)
  }

  /// Two callers of the program at a time for as long as blows fall, since some are meant for a program that runs.
  private static func callPrograms(
    _ program: ProgramClient, run: String, during load: UnderLoad
  ) async -> [Answer] {
    var workload = Workload(seed: FaultPlan.seed, above: 1_000_000)
    var answers: [Answer] = []
    repeat {
      let callers = workload.callers(2, calls: 1, run: "\(run)-\(answers.count)")
      answers += await Caller.runAll(callers, with: program, deadline: RecordingSession.ample)
    } while !load.isOver && !Task.isCancelled
    return answers
  }
}
