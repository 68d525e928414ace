import Glibc
import GuaranteeLedger
import TestSupport
import Testing

@Suite("A program that stands still while it records", .patience)
struct FrozenProgramTests {
  private static let rows = 5

  /// The short form stops it at each seventh message, from a place that the seed gives.
  private static let stride = FaultPlan.times(7, long: 1)

  @Test(
    "Others record at the same offices meanwhile; when it goes on, what it says is true",
    arguments: ["--each", "--atomic"])
  func everyMessage(mode: String) async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    try await Self.endIdleTransactions(of: ledger)
    let proxy = try ledger.proxy()
    let program = ProgramClient(proxy.connectionString(database: ledger.database), mode: mode)
    let whole = ProgramClient(ledger.direct, mode: mode)
    var workload = Workload(seed: FaultPlan.seed)
    var answers: [Answer] = []
    var (freezes, lost, isWhole) = (0, 0, false)
    var number = 1 + Int(FaultPlan.seed % UInt64(Self.stride))
    while !isWhole {
      let intents = (0..<Self.rows).map { workload.payment("\(number)-\($0)", at: Intent.offices[$0 % 3]) }
      let (frozenOrOver, isFrozen) = (Milestones(), Milestones())
      proxy.follow { [number] message in
        // Once: it connects anew when its session was ended.
        guard isFrozen.count == 0, message.direction == .toServer, message.number == number else {
          return .pass
        }
        program.signalAll(SIGSTOP)
        isFrozen.advance(by: 1)
        frozenOrOver.advance(by: 1)
        return .pass
      }
      let running = Task {
        defer { frozenOrOver.advance(by: 1) }
        return try await program.run(Intent.header + intents.map(\.row).joined())
      }
      await frozenOrOver.reach(1)
      // That this is answered is the point: what the program may have locked is everybody's.
      let callers = workload.callers(3, calls: 1, run: "\(number)-others")
      let other = try await Ledger.open(.patient(ledger.direct))
      answers += await Caller.runAll(
        callers, with: LedgerClient(ledger: other), deadline: RecordingSession.ample)
      await other.shutDown()
      program.signalAll(SIGCONT)
      let run = try await running.value
      let there = try await Self.count(of: intents, in: ledger)
      // What it said of each event, and that all or nothing is there.
      #expect(there >= run.results.values.count { $0 == "recorded" }, "message \(number)")
      if mode == "--atomic" { #expect(there == (run.exitCode == 0 ? Self.rows : 0), "message \(number)") }
      #expect(run.exitCode == 0 || run.exitCode == 69, "message \(number): \(run.errors)")
      freezes += isFrozen.count
      lost += run.exitCode == 0 ? 0 : 1
      isWhole = isFrozen.count == 0
      let told = await whole.record(intents, deadline: RecordingSession.ample)
      answers += zip(intents, told).map {
        Answer(intent: $0, told: $1, caller: "program", call: number, cameEarly: true)
      }
      number += Self.stride
    }
    let audit = try await ledger.audit(answers)
    print("\(mode): stopped \(freezes) times, ended for it \(lost) times, \(audit.recordedCount) recorded")
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(answers.filter { $0.caller == "program" }.unrecorded == [])
    #expect(freezes > 1)
    #expect(mode == "--each" || lost > 0, "it was never stopped with books in its hands")
  }

  /// The database's own setting counts before the program's, which is too long to wait for.
  private static func endIdleTransactions(of ledger: FaultLedger) async throws {
    try await ledger.server.run(
      "alter database \(ledger.database) set idle_in_transaction_session_timeout = '200ms'")
  }

  private static func count(of intents: [Intent], in ledger: FaultLedger) async throws -> Int {
    let journal = try await Journal.read(ledger.direct)
    return Set(journal.entries.map(\.reference)).intersection(intents.map(\.reference)).count
  }
}
