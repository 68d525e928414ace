import ArgumentParser
import GuaranteeLedger

/// `guarantee dispute show`: all that the ledger knows of one dispute.
struct DisputeShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows a dispute with its lots, deadlines and balances.",
    discussion: """
      With -O csv only the dispute itself is printed; the other parts are reports of their own. With -O json \
      all parts are members of one object.

      Example: guarantee dispute show QD-2025-0101
      """)

  /// The parts that are shown; the first says whether there is such a dispute.
  private static let parts: [Report] = [.disputes, .lots, .deadlines, .balances]

  @Argument(help: "The number of the dispute.") var dispute: String
  @OptionGroup var times: TimeOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let opened = try await ledger.open()
    let sink = ByteSink.standardOutput()
    for (index, part) in Self.parts.enumerated() {
      if index > 0, output.format == .csv { break }
      let rows = try await CollectedRows(of: part, where: [.dispute: dispute], in: times.view(of: opened))
      if index == 0, rows.rows.isEmpty {
        throw UnknownDispute(dispute: dispute, isPast: times.isPast).failure
      }
      if output.format == .json {
        try sink.write((index == 0 ? "{" : ",") + JSONText.quoted(part.rawValue) + ":")
      }
      if index == 0, output.format == .table {
        try rows.writeUpright(to: sink)
      } else if output.format != .table || !rows.rows.isEmpty {
        if output.format == .table { try sink.write("\n") }
        var writer = try output.writer(rows.columns, to: sink)
        for row in rows.rows { try writer.write(row) }
        try writer.finish()
      }
    }
    if output.format == .json { try sink.write("}\n") }
    try sink.flush()
    await opened.close()
  }
}

/// The few rows of a report on one subject.
struct CollectedRows {
  private(set) var columns: [OutputColumn] = []
  private(set) var rows: [[String?]] = []

  init(of report: Report, where filters: [ReportFilter: String], in ledger: Ledger) async throws {
    var columns: [OutputColumn] = []
    var rows: [[String?]] = []
    try await ledger.report(
      report, where: filters, columns: { columns = $0.map(OutputColumn.init) }, row: { rows.append($0) })
    self.columns = columns
    self.rows = rows
  }

  /// The first row with a line for each column that has a value.
  func writeUpright(to sink: ByteSink) throws(OutputError) {
    let width = columns.map { DisplayWidth.of($0.name) }.max() ?? 0
    for (column, value) in zip(columns, rows.first ?? []) {
      guard let value, !value.isEmpty else { continue }
      let padding = String(repeating: " ", count: width - DisplayWidth.of(column.name))
      let shown = column.kind == .amount ? NumberGrouping.grouped(value) : TerminalText.safe(value)
      try sink.write("\(column.name)\(padding)  \(shown)\n")
    }
  }
}
