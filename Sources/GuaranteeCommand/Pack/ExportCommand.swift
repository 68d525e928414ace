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

      A pack of some offices, of a dispute or of a period has the hash of each event that it leaves out and nothing \
      else of it, so that it still proves what it shows. With --known-at it is the pack that could have been written \
      at that time, to the byte; with --as-of it leaves out what bears a later date.

      --standard ads adds the general ledger in the words of the AICPA's Audit Data Standard, --excel the tables for \
      spreadsheets, each in a folder of its own. The tables themselves stay as they are.

      Example: guarantee export audit-2026
        guarantee export first-quarter --from 2026-01-01 --to 2026-03-31
        guarantee export court --dispute QD-2025-0101 --excel
      """)

  @Argument(help: "The folder to make; one that is there must be empty.", completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp("Only this office's book and the register; may be given again.", valueName: "office"))
  var office: [String] = []

  @Option(
    help: ArgumentHelp("Only this dispute, and what registered what it names.", valueName: "dispute"),
    completion: .custom { await CodeCompletion(words: $0, prefix: $2).disputes() })
  var dispute: String?

  @OptionGroup var period: PeriodOptions
  @OptionGroup var times: TimeOptions

  @Option(help: ArgumentHelp("Files that a standard for auditors describes: ads.", valueName: "standard"))
  var standard: PackStandard?

  @Flag(help: "The tables for spreadsheets too: text stays text, and no cell runs as a formula.")
  var excel = false

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func validate() throws {
    if period.to != nil, times.asOf != nil {
      throw misuse("--as-of and --to both end the period: give one of them.")
    }
    if dispute != nil, !office.isEmpty || period.from != nil || period.to != nil || times.asOf != nil {
      throw misuse(
        "A dispute's pack has all of its events: give no office, period or day with --dispute.")
    }
  }

  private var selection: PackSelection {
    var selection = PackSelection()
    selection.offices = Set(office)
    selection.dispute = dispute
    selection.from = period.from.flatMap { LedgerDate($0) }
    selection.through = period.to.flatMap { LedgerDate($0) }
    return selection
  }

  /// What was probably meant by the names that are none.
  private func meant(in ledger: Ledger) async -> Phrase {
    let names = (dispute.map { [("dispute", $0)] } ?? []) + office.map { ("office", $0) }
    for (kind, name) in names {
      let question = await ledger.question(for: name, of: kind)
      if !question.isEmpty { return question }
    }
    return ""
  }

  func run() async throws {
    let opened = try await ledger.open()
    let additions: Set<PackAddition> = standard == nil ? [] : [.ads]
    let summary: PackSummary
    do {
      summary = try await Waiting.showing("Writing the audit pack") {
        try await times.view(of: opened).export(
          to: folder, selecting: selection, adding: excel ? additions.union([.excel]) : additions)
      }
    } catch let error as PackError where error.code == .unknown {
      throw Failure(error.failure.code, Phrase.joined([error.failure.message, await meant(in: opened)]))
    }
    await opened.close()
    let sink = ByteSink.standardOutput()
    let rows = { (table: String) in summary.rows[table] ?? 0 }
    let told: Phrase = """
      \(TerminalText.safe(folder)): \(rows("events")) events, \(rows("entries")) entries, \(rows("accounts")) accounts, \
      \(rows("disputes")) disputes; \(summary.byteCount) bytes
      """
    try sink.write(told.text + "\n")
    if let leftOut = summary.rows["chain"] {
      let told: Phrase = "Of \(leftOut) other events it has the hashes."
      try sink.write(told.text + "\n")
    }
    try sink.flush()
  }
}

/// The standards for auditors' files.
enum PackStandard: String, ExpressibleByArgument, CaseIterable {
  case ads
}

extension PackError: FailureConvertible {
  var failure: Failure {
    let code: Failure.Code =
      switch self.code {
      case .occupied: .usage
      case .unwritable: .output
      case .unreadable: .unreadableInput
      case .unknown: .refused
      }
    return Failure(code, Phrase(said: message.endingInStop))
  }
}
