import ArgumentParser
import GuaranteeLedger

/// `guarantee lapse --all`: records every deadline that has passed without the step it asked for.
struct LapseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lapse", abstract: "Records everything that has lapsed by today.",
    discussion: """
      Each gets a key made of what it says: run it as often as you like.

      Example: guarantee lapse --all
      """)

  @Flag(help: "Record all that has lapsed.") var all = false
  @Option(help: Filter.office) var office: String?
  @Flag(help: "Say what would be recorded and record nothing.") var dryRun = false
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    guard all else { throw misuse("Say --all to record everything that has lapsed.") }
  }

  func run() async throws {
    let opened = try await ledger.open()
    let events = try await opened.lapsed(office: office)
    if events.isEmpty { try await GivenNames([.office: office]).check(in: opened) }
    var run = try RecordRun(mode: .each, isDryRun: dryRun, output: output, rejects: nil, totalBytes: 0)
    try await run.record(events, in: opened)
    await opened.close()
    try run.finish()
  }
}
