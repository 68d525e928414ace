import Glibc
import GuaranteeLedger
import Synchronization
import TestSupport
import Testing

@Suite("A program that records, killed at every message", .patience)
struct ProgramKillTests {
  private static let rows = 5

  /// The short form tries each third message, from a place that the seed gives.
  private static let stride = FaultPlan.times(3, long: 1)

  @Test(
    "Its file is recorded once when it is recorded again; all or nothing, none of it before",
    arguments: ["--each", "--atomic"], MessageDirection.allCases)
  func everyMessage(mode: String, direction: MessageDirection) async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    let proxy = try ledger.proxy()
    let killed = ProgramClient(proxy.connectionString(database: ledger.database), mode: mode)
    let whole = ProgramClient(ledger.direct, mode: mode)
    var workload = Workload(seed: FaultPlan.seed)
    var answers: [Answer] = []
    var (killCount, uncutCount) = (0, 0)
    var number = 1 + Int(FaultPlan.seed % UInt64(Self.stride))
    while uncutCount < 1 {
      let intents = (0..<Self.rows).map { workload.payment("\(number)-\($0)", at: Intent.offices[$0 % 3]) }
      proxy.follow(Self.killing(killed, direction, message: number))
      let run = try await killed.run(Intent.header + intents.map(\.row).joined())
      proxy.cutAll()
      let isKilled = run.exitCode == 128 + SIGKILL
      killCount += isKilled ? 1 : 0
      uncutCount += isKilled ? 0 : 1
      let journal = try await Journal.read(ledger.direct)
      let count = Set(journal.entries.map(\.reference)).intersection(intents.map(\.reference)).count
      // What it said of each event before its end.
      #expect(count >= run.results.count, "message \(number)")
      if mode == "--atomic" { #expect(count == 0 || count == Self.rows, "message \(number)") }
      let told = await whole.record(intents, deadline: RecordingSession.ample)
      answers += zip(intents, told).map {
        Answer(intent: $0, told: $1, caller: "program", call: number, cameEarly: true)
      }
      number += Self.stride
    }
    let audit = try await ledger.audit(answers)
    print("\(mode) \(direction): \(killCount) programs killed, \(audit.recordedCount) recorded")
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(answers.unrecorded == [])
    #expect(killCount > 3)
  }

  /// Kills the program when a message begins, which doesn't get through any more.
  private static func killing(
    _ program: ProgramClient, _ direction: MessageDirection, message number: Int
  ) -> CuttingProxy.Plan {
    { message in
      guard message.direction == direction, message.number == number else { return .pass }
      program.killAll()
      return .cut(afterBytes: 0)
    }
  }
}
