import ArgumentParser
import GuaranteeLedger

/// `guarantee export DIR`: writes the audit pack.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Writes the audit pack: the ledger as files that prove themselves.",
    discussion: """
      The pack has the journal, the entries, accounts, disputes, goods and registers as CSV, the rules, and a \
      manifest with the hash of each file. All of it is of one moment, and the same ledger gives the same bytes. \
      'guarantee verify' proves it without a database; datapackage.json and load.sql open it in other programs.

      Example: guarantee export audit-2026
      """)

  @Argument(help: "The folder to make; one that is there must be empty.", completion: .directory)
  var folder: String

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    let opened = try await ledger.open()
    let summary = try await opened.export(to: folder)
    await opened.close()
    let sink = ByteSink.standardOutput()
    let tables = ["events", "entries", "accounts", "disputes"].map { "\(summary.rows[$0] ?? 0) \($0)" }
    try sink.write("\(folder): \(tables.joined(separator: ", ")); \(summary.byteCount) bytes\n")
    try sink.flush()
  }
}

extension PackError: FailureConvertible {
  var failure: Failure {
    let code: Failure.Code =
      switch self.code {
      case .occupied: .usage
      case .unwritable: .output
      case .unreadable: .unreadableInput
      }
    return Failure(code, message.endingInStop)
  }
}
