import ArgumentParser
import GuaranteeLedger

/// `guarantee due`: what a clerk must not miss.
struct DueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "due",
    abstract: "Lists deadlines and undertakings that run out, and money that is expected.",
    discussion: """
      What is overdue comes too, however long ago it was due.

      Example: guarantee due --within 14
      """)

  @Option(help: ArgumentHelp("How many days to look ahead.", valueName: "days")) var within = 30
  @Option(help: Filter.office) var office: String?
  @OptionGroup var page: PageOptions
  @OptionGroup var times: TimeOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    guard (0...36500).contains(within) else {
      throw ValidationError("--within takes a number of days from 0 to 36500.")
    }
  }

  func run() async throws {
    let opened = try await ledger.open()
    let printer = RowPrinter(output)
    try await times.view(of: opened).due(
      within: within, office: office, limit: page.limit, columns: { try printer.begin($0) },
      row: { try printer.print($0) })
    try printer.finish()
    await opened.close()
  }
}
