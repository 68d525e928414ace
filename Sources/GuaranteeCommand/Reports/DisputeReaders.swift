import ArgumentParser
import GuaranteeLedger

/// What can be read of a dispute beside the commands of its events.
enum DisputeReaders {
  static let noun = "dispute"
  static let all: [any ParsableCommand.Type] = [
    DisputeShow.self, DisputeList.self, DisputeHistory.self, DisputeNext.self,
  ]
}

/// `guarantee dispute list`: the report of disputes where people look for it.
struct DisputeList: PrintsReport {
  static let report = Report.disputes
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the disputes with their stage, cover and award.",
    discussion: "Example: guarantee dispute list")

  @OptionGroup var options: ReadingOptions
}

/// `guarantee dispute history`: what happened in a dispute, event by event.
struct DisputeHistory: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Tells what happened in a dispute, event by event.",
    discussion: "Example: guarantee dispute history QD-2025-0101")

  @Argument(
    help: "The number of the dispute.",
    completion: .custom { await CodeCompletion(words: $0, prefix: $2).disputes() })
  var dispute: String
  @OptionGroup var options: ReadingOptions

  func run() async throws {
    try await options.print { ledger, printer in
      try await ledger.history(
        of: dispute, rows: options.rows.selection, columns: { try printer.begin($0) },
        row: { try printer.print($0) })
    } whenEmpty: { ledger in
      if try await options.times.view(of: ledger).dispute(dispute) == nil {
        throw await UnknownDispute(dispute: dispute, isPast: options.times.isPast).failure(in: ledger)
      }
    }
  }
}

/// `guarantee dispute next`: what may come next in a dispute.
struct DisputeNext: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "next", abstract: "Lists what may happen to a dispute today, and what the other steps lack.",
    discussion: """
      Each step is put to the rules as an event of today with the least amount: lacks is the code that it would be \
      refused with, and 'guarantee help refusal CODE' explains that. At_most is what the accounts hold of what it \
      moves.

      Example: guarantee dispute next QD-2025-0101
      Example: guarantee dispute next QD-2025-0101 --columns event,lacks,reason --sort event
      """)

  @Argument(
    help: "The number of the dispute.",
    completion: .custom { await CodeCompletion(words: $0, prefix: $2).disputes() })
  var dispute: String
  @OptionGroup(title: "Rows") var rows: RowOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Listing(rows: rows, ledger: ledger, output: output).print { ledger, printer in
      try await ledger.nextSteps(
        of: dispute, rows: rows.selection, columns: { try printer.begin($0) }, row: { try printer.print($0) })
    } whenEmpty: { ledger in
      if try await ledger.dispute(dispute) == nil {
        throw await UnknownDispute(dispute: dispute).failure(in: ledger)
      }
    }
  }
}

/// A dispute that somebody asked for and that is not there.
struct UnknownDispute {
  let dispute: String
  /// Whether it was looked for in the past.
  var isPast = false

  /// What is said, with the codes that were probably meant.
  func failure(in ledger: Ledger) async -> Failure {
    let near = await ledger.question(for: dispute, of: "dispute")
    return Failure(
      .refused,
      isPast
        ? """
        There was no dispute '\(dispute)' then: 'guarantee dispute list' with the same --as-of and --known-at shows \
        those that were there.\(near)
        """
        : "There is no dispute '\(dispute)': 'guarantee dispute list' shows those that are there.\(near)")
  }
}
