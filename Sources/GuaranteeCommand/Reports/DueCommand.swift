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
  @OptionGroup var options: ReadingOptions

  func validate() throws {
    guard (0...36500).contains(within) else {
      throw ValidationError("--within takes a number of days from 0 to 36500.")
    }
  }

  func run() async throws {
    try await options.print { ledger, printer in
      try await ledger.due(
        within: within, office: office, limit: options.page.limit, columns: { try printer.begin($0) },
        row: { try printer.print($0) })
    }
  }
}
