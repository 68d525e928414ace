import Foundation
import GuaranteeLedger
import TestSupport
import Testing

@Suite("A disk that is full or fails", .serialized, .heavy, .patience)
struct DiskTests {
  private static let rounds = FaultPlan.times(1, long: 5)

  @Test(
    "What was acknowledged is there once; the error names the disk and says what is known",
    .enabled("only root can mount a small disk") { await TemporaryDisk.canBeMade },
    arguments: [TroubledServer.Trouble.logFull, .dataFull])
  func full(trouble: TroubledServer.Trouble) async throws { try await survives(trouble) }

  @Test(
    "The same when it takes what is written and can't synchronize it",
    .enabled("there is no C compiler to make such a disk") { await hasProgram("cc") },
    arguments: [TroubledServer.Trouble.logFails, .dataFails])
  func failing(trouble: TroubledServer.Trouble) async throws { try await survives(trouble) }

  @Test(
    "A client that takes a failing disk for a refusal is found by what is there all the same",
    .enabled("there is no C compiler to make such a disk") { await hasProgram("cc") })
  func canary() async throws {
    let troubled = try await TroubledServer(.logFails)
    let client = PlainClient(troubled.ledger.direct, .believesInFailure)
    var workload = Workload(seed: FaultPlan.seed)
    var answers = await workload.payer(calls: 2, run: "before").run(
      with: client, deadline: RecordingSession.ample)
    try await troubled.begin()
    // The log is written and can't be synchronized: the server ends itself, and finds the commit in its log again.
    answers += await workload.payer(calls: 1, run: "hit").run(
      with: client, deadline: RecordingSession.ample)
    try await troubled.end()
    await client.close()
    let findings = try await troubled.ledger.audit(answers).findings
    #expect(findings.contains { $0.contains("is there, told notRecorded") })
  }

  private func survives(_ trouble: TroubledServer.Trouble) async throws {
    let troubled = try await TroubledServer(trouble)
    var configuration = LedgerConfiguration.patient(troubled.ledger.direct)
    configuration.recordingConnections = 1
    let ledger = try await Ledger.open(configuration)
    let client = LedgerClient(ledger: ledger)
    var workload = Workload(seed: FaultPlan.seed)
    var answers: [Answer] = []
    for round in 1...Self.rounds {
      let before = workload.callers(4, calls: 4, run: "\(round)-before")
      answers += await Caller.runAll(before, with: client, deadline: RecordingSession.ample)
      try await troubled.begin()
      let hit = try await record(until: troubled, client, &workload, "\(round)")
      try expectWords(of: hit, trouble)
      if trouble == .dataFull { answers += try await runProgram(on: troubled.ledger, &workload, "\(round)") }
      // Those who have time wait until there is room.
      let waiting = workload.callers(4, calls: 2, run: "\(round)-waiting")
      async let waited = Caller.runAll(waiting, with: client, deadline: RecordingSession.ample)
      try await troubled.end()
      let late = waiting.first?.name ?? ""
      answers += hit.answers + (await waited)
      // Who was told of the trouble sends the same keys again.
      let again = hit.answers.filter { !$0.told.isSettled }.map(\.intent)
      answers += await Caller(name: "again-\(late)", calls: [again]).run(
        with: client, deadline: RecordingSession.ample)
    }
    await ledger.shutDown()
    let audit = try await troubled.ledger.audit(answers)
    print("\(trouble): \(Self.rounds) times, \(answers.count) answers, \(audit.recordedCount) recorded")
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
  }

  /// Those that were recorded before the trouble was met, and those that met it.
  private struct Hit {
    var answers: [Answer] = []
    var error: LedgerError?
  }

  private func record(
    until troubled: TroubledServer, _ client: LedgerClient, _ workload: inout Workload, _ run: String
  ) async throws -> Hit {
    var hit = Hit()
    // Fifty at once fill what little room there may be in the tables.
    while hit.error == nil {
      await troubled.provoke()
      let call = hit.answers.count
      let intents = (0..<50).map { workload.payment("\(run)-hit-\(call)-\($0)", at: Intent.offices[$0 % 3]) }
      let (told, error) = await client.attempt(intents, deadline: .seconds(3))
      hit.error = error
      hit.answers += zip(intents, told).map {
        Answer(intent: $0, told: $1, caller: "hit-\(run)", call: call, cameEarly: false)
      }
      try Task.checkCancellation()
    }
    return hit
  }

  private func expectWords(of hit: Hit, _ trouble: TroubledServer.Trouble) throws {
    let error = try #require(hit.error)
    switch trouble {
    case .dataFull:
      #expect(error.code == .storage)
      #expect(error.message.hasPrefix("The database's disk is full, and nothing was changed: "))
    case .logFull, .logFails:
      // The server commits and ends before it answers, or ends before it commits.
      #expect(error.code == .outcomeUnknown)
      #expect(error.message.contains("The database's disk \(trouble == .logFull ? "is full" : "fails")"))
      #expect(error.message.contains("it is not known whether"))
    case .dataFails:
      // One of the server's own processes meets the trouble, and tells the log alone.
      #expect([.outcomeUnknown, .deadlineExceeded].contains(error.code), "\(error)")
    }
  }

  /// Runs the program until it meets the trouble too: what one batch found no room for another may.
  ///
  /// - Returns: What it recorded before.
  private func runProgram(on ledger: FaultLedger, _ workload: inout Workload, _ round: String) async throws
    -> [Answer]
  {
    var answers: [Answer] = []
    while true {
      let call = answers.count
      let intents = (0..<200).map { workload.payment("\(round)-program-\(call)-\($0)", at: "DALIAN") }
      let run = try await ProgramClient(ledger.direct, mode: "--atomic").run(
        Intent.header + intents.map(\.row).joined())
      guard run.exitCode == 0 else {
        #expect(run.exitCode == 69)
        #expect(run.errors.hasPrefix("guarantee: The database's disk is full, and nothing was changed: "))
        #expect(run.errors.hasSuffix(" Nothing was recorded.\n"))
        return answers
      }
      answers += intents.map {
        Answer(intent: $0, told: .recorded, caller: "program-\(round)", call: call, cameEarly: false)
      }
      try Task.checkCancellation()
    }
  }
}
