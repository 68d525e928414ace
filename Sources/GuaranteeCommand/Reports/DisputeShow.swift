import ArgumentParser
import GuaranteeLedger

/// `guarantee dispute show`: all that the ledger knows of one dispute.
struct DisputeShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows where a dispute stands, what may come next, and what it is made of.",
    discussion: """
      For people it has on one screen what may come next and what the rest still lacks, as 'guarantee dispute next' has \
      it, and the latest events. With -O csv only the dispute itself is printed; the other parts are reports of \
      their own. With -O json all parts are members of one object.

      Example: guarantee dispute show QD-2025-0101
      Example: guarantee dispute show QD-2025-0101 --whole -O json
      """)

  /// A part by the name that it has in JSON and over its table.
  private enum Part: String {
    case disputes, lots, deadlines, commitments, balances, history, statement
    case nextSteps = "next steps"
    case lastEvents = "last events"

    /// What people need of it beside the other parts; `nil` for all.
    var columns: [String]? {
      switch self {
      // The currency is the dispute's, and stands there.
      case .nextSteps: ["event", "lot", "guarantor", "instrument", "at_most", "lacks", "reason"]
      case .lots: ["lot", "state", "value"]
      case .balances: ["role", "guarantor", "balance"]
      case .commitments:
        ["guarantor", "held", "frozen", "undertaken", "expires_on", "drawn", "called", "recourse"]
      case .lastEvents: ["on", "event", "lot", "guarantor", "amount", "reference", "key"]
      default: nil
      }
    }
  }

  /// The parts that are shown; the first says whether there is such a dispute.
  private var parts: [Part] {
    let isForPeople = output.format == .table && !times.isPast
    return [.disputes] + (isForPeople ? [.nextSteps] : [])
      + [.deadlines, .lots, .commitments, .balances]
      + (whole ? [.history, .statement] : output.format == .table ? [.lastEvents] : [])
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

  /// How many of the latest events people see.
  private static let lastEvents = 6

  func run() async throws {
    let opened = try await ledger.open()
    let view = times.view(of: opened)
    var document = Document(on: dispute, output)
    for part in parts where !document.isWhole {
      let rows = try await self.rows(of: part, in: view)
      if part == .disputes, rows.rows.isEmpty {
        throw await UnknownDispute(dispute: dispute, isPast: times.isPast).failure(in: opened)
      }
      try document.add(rows, as: part.rawValue, showing: part.columns)
    }
    try document.finish()
    await opened.close()
  }

  private func rows(of part: Part, in ledger: Ledger) async throws -> CollectedRows {
    try await CollectedRows { columns, row in
      switch part {
      case .nextSteps: try await ledger.nextSteps(of: dispute, columns: columns, row: row)
      case .lastEvents:
        var latest = RowSelection(limit: Self.lastEvents)
        latest.sort = [.init(column: "sequence", isDescending: true)]
        try await ledger.history(of: dispute, rows: latest, columns: columns, row: row)
      case .history: try await ledger.history(of: dispute, columns: columns, row: row)
      default:
        guard let report = Report(rawValue: part.rawValue) else { return }
        try await ledger.report(report, where: [.dispute: dispute], columns: columns, row: row)
      }
    }
  }
}
