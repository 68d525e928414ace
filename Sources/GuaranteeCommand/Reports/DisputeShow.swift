import ArgumentParser
import GuaranteeLedger

/// `guarantee dispute show`: all that the ledger knows of one dispute.
struct DisputeShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows a dispute with its lots, deadlines and balances, and what may come next.",
    discussion: """
      For people it ends with what may come next, as 'guarantee dispute next' has it. With -O csv only the dispute itself is printed; the other \
      parts are reports of their own. With -O json all parts are members of one object.

      Example: guarantee dispute show QD-2025-0101
      Example: guarantee dispute show QD-2025-0101 --whole -O json
      """)

  /// A part by the name that it has in JSON and over its table.
  private enum Part: String {
    case disputes, lots, deadlines, balances, history, statement
    case nextSteps = "next steps"
  }

  /// The parts that are shown; the first says whether there is such a dispute.
  private var parts: [Part] {
    let isForPeople = output.format == .table && !times.isPast
    return [.disputes, .lots, .deadlines, .balances] + (isForPeople ? [.nextSteps] : [])
      + (whole ? [.history, .statement] : [])
  }

  @Argument(
    help: "The number of the dispute.",
    completion: .custom { await CodeCompletion(words: $0, prefix: $2).disputes() })
  var dispute: String
  @Flag(help: "Also its history, event by event, and all its entries: one document of all there is.")
  var whole = false
  @OptionGroup var times: TimeOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let opened = try await ledger.open()
    let view = times.view(of: opened)
    var document = Document(on: dispute, output)
    for part in parts where !document.isWhole {
      let rows = try await self.rows(of: part, in: view)
      if part == .disputes, rows.rows.isEmpty {
        throw await UnknownDispute(dispute: dispute, isPast: times.isPast).failure(in: opened)
      }
      try document.add(rows, as: part.rawValue)
    }
    try document.finish()
    await opened.close()
  }

  private func rows(of part: Part, in ledger: Ledger) async throws -> CollectedRows {
    try await CollectedRows { columns, row in
      switch part {
      case .nextSteps: try await ledger.nextSteps(of: dispute, columns: columns, row: row)
      case .history: try await ledger.history(of: dispute, columns: columns, row: row)
      default:
        guard let report = Report(rawValue: part.rawValue) else { return }
        try await ledger.report(report, where: [.dispute: dispute], columns: columns, row: row)
      }
    }
  }
}
