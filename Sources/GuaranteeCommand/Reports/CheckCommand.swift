import ArgumentParser
import GuaranteeLedger

/// `guarantee check`: proves the ledger from its events up.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Proves every balance and state from the events up.",
    discussion: """
      Prints a row for everything that does not fit, and then exits with 1.

      Example: guarantee check
      Example: guarantee check --columns subject,found
      """)

  @OptionGroup(title: "Rows") var columns: ColumnOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let opened = try await ledger.open()
    let sink = ByteSink.standardOutput()
    let printer = RowPrinter(output, choosing: columns.names, to: sink)
    var found: [ReportColumn] = []
    try await columns.check { try await opened.columns(of: .check) }
    try await Waiting.showing("Checking the ledger") {
      try await opened.check(
        columns: {
          found = $0
          if output.format != .table { try printer.begin(found) }
        },
        row: {
          if output.format == .table, printer.count == 0 { try printer.begin(found) }
          try printer.print($0)
        })
    }
    // Of seals, the database can tell everything but whose signature they have.
    for try await seal in opened.seals() where !seal.isSigned {
      if output.format == .table, printer.count == 0 { try printer.begin(found) }
      try printer.print([
        "seals are signed", String(seal.number), "a signature of \(seal.keyID)", seal.signature,
      ])
    }
    if output.format == .table, printer.count == 0 { try sink.write(Phrase("Everything fits.").text + "\n") }
    try printer.finish()
    await opened.close()
    if printer.count > 0 {
      throw Failure(
        .refused,
        printer.count == 1
          ? "1 thing does not fit: keep this output and have the database looked into."
          : "\(printer.count) things do not fit: keep this output and have the database looked into.")
    }
  }
}
