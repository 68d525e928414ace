import ArgumentParser
import GuaranteeLedger
import PostgresClient
import PrivatePostgres

/// `guarantee status`: what the program is connected to.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says which database this is and whether it is up to date.",
    discussion: """
      A private server that was set up before is started, as by any other command, so that psql takes \
      `database` as it is; one that was never set up is only reported. No ledger is made or brought up. Passwords are \
      not shown.

      Example: guarantee status -O json
      """)

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let choice = try ledger.checkedChoice()
    let report = try await StatusReport.gather(choice.place, from: choice.source)
    let sink = ByteSink.standardOutput()
    switch output.format {
    case .json: try sink.write(report.json + "\n")
    case .csv:
      var writer = try output.writer(report.lines.map { $0.column }, to: sink)
      try writer.write(report.lines.map { $0.value })
    case .table:
      for line in report.lines {
        let title = ReadableCell.title(line.column.name)
        let padding = String(repeating: " ", count: max(0, 16 - DisplayWidth.of(title)))
        let value = line.value.map { ReadableCell.text($0, line.column) } ?? "-"
        try sink.write("\(title)\(padding)  \(value)\n")
      }
    }
    try sink.flush()
    if let hindrance = report.hindrance { Program.say(hindrance) }
  }
}
