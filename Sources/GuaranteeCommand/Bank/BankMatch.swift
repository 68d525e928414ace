import ArgumentParser
import GuaranteeLedger

/// `guarantee bank match`: puts lines and entries together.
struct BankMatch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "Matches the bank's lines with the ledger's entries.",
    discussion: """
      Lines and entries belong together by the payment's reference, the dispute, or who paid, and by amount and \
      day; also one line with several entries, several lines with one entry, and amounts less the bank's charges. \
      What is doubtful is only proposed: so is whatever would cross from one dispute to another. Prints the new \
      matches with their reasons, and the proposals that wait for 'bank confirm' or 'bank unmatch'.

      Example: guarantee bank match --days 14
      Example: guarantee bank match --columns match,state,reason
      """)

  @Option(help: ArgumentHelp("How far the bank's day may be from the ledger's.", valueName: "days"))
  var days = 10
  @Option(
    help: ArgumentHelp(
      "How much may be charges that the bank does not name, to be proposed as such.", valueName: "amount"))
  var charges: String?
  @OptionGroup var custody: CustodyOptions
  @OptionGroup(title: "Rows") var columns: ColumnOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if !(0...366).contains(days) { throw misuse("--days takes a number from 0 to 366.") }
    if let charges, Amount(charges) == nil {
      throw misuse("--charges takes an amount such as 25.00, and no '\(charges)'.")
    }
  }

  func run() async throws {
    let opened = try await ledger.open()
    try await columns.check { try await opened.columns(of: .bankMatch) }
    let printer = RowPrinter(output, choosing: columns.names)
    try await opened.matchBank(
      days: days, charges: charges.flatMap { Amount($0) }, office: custody.office, currency: custody.currency,
      columns: { try printer.begin($0) }, row: { try printer.print($0) })
    if printer.count == 0 { try await custody.names.check(in: opened) }
    try printer.finish()
    await opened.close()
  }
}

/// `guarantee bank list`: the matches that stand.
struct BankList: AsyncParsableCommand {
  enum State: String, ExpressibleByArgument, CaseIterable {
    case proposed, matched, confirmed, unmatched
  }

  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists matches with what they hold and why.",
    discussion: "Example: guarantee bank list --state proposed")

  @Option(help: ArgumentHelp("Only matches of this state; without it, all that stand.", valueName: "state"))
  var state: State?
  @OptionGroup var options: ReadingOptions

  func run() async throws {
    try await options.print { ledger, printer in
      try await ledger.bankMatches(
        state: state?.rawValue, rows: options.rows.selection,
        columns: { try printer.begin($0) }, row: { try printer.print($0) })
    }
  }
}
