import GuaranteeLedger
import TestSupport
import Testing

@Suite("An event file that ends too early", .patience)
struct TornFileTests {
  private static let step = FaultPlan.times(29, long: 1)

  /// Four payments as an event file whose last column is the one named.
  struct File {
    let intents: [Intent]
    let text: String

    init(_ run: String, last: String) {
      intents = (0..<4).map {
        Intent(
          reference: "\(run)-\($0)", amount: 120_000_001 + $0, office: Intent.offices[$0 % 3], isLegal: true)
      }
      let columns =
        ["key", "on", "office", "guarantor", "currency", "reference"]
        + (last == "event" ? ["amount", "event"] : ["event", "amount"])
      let rows = intents.map { intent in
        let event = intent.event()
        let own = ["key": event.key, "on": event.on, "event": event.name]
        return columns.map { own[$0] ?? event.fields[$0] ?? "" }.joined(separator: ",")
      }
      text = ([columns.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
    }
  }

  /// Tries the file cut after each of some numbers of bytes.
  ///
  /// - Parameter body: gets the file, what is left of it, how that was recorded, and which of its payments are there.
  private func eachCut(
    _ run: String, _ program: ProgramClient, _ ledger: FaultLedger, last: String,
    _ body: (File, Substring, ProgramRun, Set<String>) async throws -> Void
  ) async throws {
    let length = File("\(run)-000", last: last).text.utf8.count
    let step = last == "amount" ? max(1, Self.step / 4) : Self.step
    for cut in stride(from: Int(FaultPlan.seed) % step, to: length, by: step) {
      // As long as any other, so that each cut is at another place.
      let number = String(1_000 + cut).dropFirst()
      let file = File("\(run)-\(number)", last: last)
      let torn = file.text.prefix(cut)
      let result = try await program.run(String(torn))
      let found = Set(try await Journal.read(ledger.direct).entries.map(\.reference))
      try await body(file, torn, result, found.intersection(file.intents.map(\.reference)))
    }
  }

  /// What does not fit, when so many events of a torn file are there after it was recorded; `nil`: all does.
  private static func finding(_ torn: Substring, _ run: ProgramRun, count: Int, mode: String) -> String? {
    let breaks = torn.count { $0 == "\n" }
    let rows = max(0, breaks - 1)
    let isWhole = breaks > 0 && torn.hasSuffix(",receive_funds")
    let named = breaks == 0 || run.errors.contains("standard input, line \(breaks + 1)")
    let kept = mode == "--atomic" ? 0 : rows
    switch run.exitCode {
    case 0 where count == rows + (isWhole ? 1 : 0): return nil
    // The row is whole as far as anybody can tell, and of an event that there is none of.
    case 1 where count == kept, 65 where count == kept && named: return nil
    default: return "exit \(run.exitCode), \(count) of \(rows) rows are there: \(run.errors)\(torn)"
    }
  }

  @Test(
    "Cut at any byte, it is refused and the line is named, or what is whole in it is recorded, and nothing in half",
    arguments: ["--atomic", "--each"])
  func everyByte(mode: String) async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    let program = ProgramClient(ledger.direct, mode: mode)
    var (answers, refusals, halfDone) = ([Answer](), 0, 0)
    try await eachCut("x", program, ledger, last: "event") { file, torn, run, found in
      #expect(Self.finding(torn, run, count: found.count, mode: mode) == nil)
      refusals += run.exitCode == 0 ? 0 : 1
      halfDone += Self.finding(torn, run, count: found.count, mode: "--atomic") == nil ? 0 : 1
      // The whole file again: what was there is only replayed.
      let told = await program.record(file.intents, deadline: RecordingSession.ample)
      answers += zip(file.intents, told).map {
        Answer(intent: $0, told: $1, caller: file.text, call: 0, cameEarly: true)
      }
    }
    print("\(mode): \(answers.count / 4) torn files, \(refusals) of them refused")
    #expect(try await ledger.audit(answers).findings == [])
    #expect(answers.unrecorded == [])
    #expect(refusals > 3)
    // What is recorded row by row would be found, if it were to be all or nothing.
    #expect((halfDone > 0) == (mode == "--each"))
  }

  /// Nobody can see that 1200.00 was once 1200000.00, but that the line ends with the file can be seen.
  @Test(
    "Cut within the last value, which then may look whole, there is a word of warning that names the line")
  func lastValue() async throws {
    let ledger = try await FaultLedger.make(on: .shared)
    var doubtCount = 0
    try await eachCut("y", ProgramClient(ledger.direct), ledger, last: "amount") { file, torn, run, found in
      let breaks = torn.count { $0 == "\n" }
      guard breaks > 0, found.count > breaks - 1 else { return }
      doubtCount += 1
      #expect(run.errors.contains("standard input, line \(breaks + 1): no line break ends this line."))
    }
    print("\(doubtCount) files that were cut within an amount")
    #expect(doubtCount > 0)
    let whole = try await ProgramClient(ledger.direct).run(File("z-000", last: "amount").text)
    #expect(whole.errors == "")
  }
}
