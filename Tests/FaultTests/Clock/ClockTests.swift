import Foundation
import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite(
  "A server whose clock is wrong", .serialized, .heavy, .patience,
  .enabled(if: ServerClock.canBeSet, "libfaketime is not installed: run .ci/install faketime"))
struct ClockTests {
  /// A day back, ten years on, past the end of 32-bit time, and right again.
  private static let steps = ["-1d", "+10y", "+13y", "+0"]

  private static func ledger(_ clock: ServerClock) async throws -> FaultLedger {
    try await FaultLedger.make(on: try await TemporaryServer(environment: clock.environment))
  }

  /// The times at which events were recorded that stand in their office's book before earlier ones.
  private static let disorder = """
    select count(*) from (select recorded_at < lag(recorded_at) over (partition by office order by sequence) as is_early
                            from guarantee.event) e where is_early
    """

  /// Records under load while the clock steps, and gives the answers.
  private static func answers(on ledger: FaultLedger, _ clock: ServerClock) async throws -> [Answer] {
    let opened = try await Ledger.open(.patient(ledger.direct))
    var workload = Workload(seed: FaultPlan.seed)
    let load = UnderLoad(blowCount: steps.count, answersBetween: FaultPlan.times(60, long: 600))
    let answers = try await load.run(LedgerClient(ledger: opened), &workload, run: "clock") { number in
      try clock.set(steps[number - 1])
    }
    await opened.shutDown()
    return answers
  }

  @Test(
    "Stepped under load, it changes no answer, no order and no balance, and what comes later is dated later")
  func stepped() async throws {
    let clock = try ServerClock()
    let ledger = try await Self.ledger(clock)
    let answers = try await Self.answers(on: ledger, clock)
    let audit = try await ledger.audit(answers)
    print("clock stepped \(Self.steps): \(answers.count) answers, \(audit.recordedCount) recorded")
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(answers.unsettled == [])
    let observer = try await PostgresConnection.connect(to: ledger.direct)
    #expect(try await observer.query(Self.disorder).value == "0")
    let last = try await observer.query("select max(extract(year from recorded_at)) from guarantee.event")
      .value
    #expect(last.flatMap { Int($0) }.map { $0 >= Self.year + 12 } == true)
    await observer.close()
    try await expectProof(of: ledger)
  }

  /// Sealed, exported and verified when the clock is right again and the journal's last dates lie ahead.
  private func expectProof(of ledger: FaultLedger) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pack-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (key, pack) = (folder.path + "/key", folder.path + "/pack")
    for words in [
      ["seal-key", key], ["seal", "--key", key], ["check"], ["export", pack], ["verify", pack],
      ["report", "journal"], ["follow", "--until-end"], ["todo"],
    ] {
      let run = try await blocking { try ProgramRun(words, database: ledger.direct).waited() }
      #expect(run.exitCode == 0, "\(words): \(run.errors)\(run.output.suffix(500))")
    }
  }

  @Test("A clock that goes back after a seal, and while an event waits for its second person, stops neither")
  func stoppedNothing() async throws {
    let clock = try ServerClock()
    let ledger = try await Self.ledger(clock)
    try clock.set("+10y")
    try await recordSealed(ledger, "first")
    try clock.set("-1d")
    try await recordSealed(ledger, "second")
    try await recordSealed(ledger, "third")
    #expect(try await Journal.read(ledger.direct).faults == [])
  }

  private func recordSealed(_ ledger: FaultLedger, _ name: String) async throws {
    let opened = try await Ledger.open(.patient(ledger.direct))
    var workload = Workload(seed: FaultPlan.seed)
    let answers = await workload.payer(calls: 3, run: name).run(
      with: LedgerClient(ledger: opened), deadline: RecordingSession.ample)
    #expect(answers.map(\.told) == [.recorded, .recorded, .recorded])
    let key = SealingKey()
    _ = try await opened.seal(with: key)
    await opened.shutDown()
  }

  @Test("Today is the server's, whatever the clock of the program says")
  func today() async throws {
    let clock = try ServerClock()
    let ledger = try await Self.ledger(clock)
    try clock.set("+10y")
    let run = try await blocking {
      try ProgramRun(
        ["party", "register", "--party", "LATE", "--kind", "consignor"], database: ledger.direct
      ).waited()
    }
    #expect(run.exitCode == 0, "\(run.errors)")
    let observer = try await PostgresConnection.connect(to: ledger.direct)
    let years = try await observer.query(
      "select extract(year from \"on\") from guarantee.event where fields ->> 'party' = 'LATE'")
    #expect(years.value.flatMap { Int($0) }.map { $0 >= Self.year + 9 } == true)
    await observer.close()
  }

  @Test(
    "The doctor says by how much it is off",
    arguments: [("+0", "ok"), ("-10m", "warning"), ("+10m", "warning"), ("+1d", "problem")])
  func examined(step: String, state: String) async throws {
    let clock = try ServerClock()
    let ledger = try await Self.ledger(clock)
    try clock.set(step)
    let run = try await blocking {
      try ProgramRun(["doctor", "-O", "csv"], database: ledger.direct).waited()
    }
    #expect(run.output.contains("\nclock,\(state),"), "\(run.output)")
  }

  private static var year: Int { Calendar(identifier: .gregorian).component(.year, from: Date()) }

  @Test("A journal that takes whatever the clock says is found by its order")
  func canary() async throws {
    let clock = try ServerClock()
    let ledger = try await Self.ledger(clock)
    let observer = try await PostgresConnection.connect(to: ledger.direct)
    try await observer.replace(
      "greatest(clock_timestamp(), x.recorded_at)", in: "guarantee_api.append", by: "clock_timestamp()")
    _ = try await Self.answers(on: ledger, clock)
    #expect(try await observer.query(Self.disorder).value != "0")
    await observer.close()
  }
}
