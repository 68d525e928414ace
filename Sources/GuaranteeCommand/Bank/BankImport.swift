import ArgumentParser
import GuaranteeLedger

/// `guarantee bank import`: statements from files, all of them or none.
struct BankImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Imports the bank's statements.",
    discussion: """
      Takes camt.053, MT940, and the CSV that banks give, in UTF-8 or GB 18030, whichever a file is. Importing a \
      statement again changes nothing. Opening balance and lines must give the closing balance, and each \
      statement must open with what the one before it closed with; else nothing of all the files is kept.

      The first time an account is seen, --office says whose it is; that is remembered. Tables that don't name \
      their account or currency need --account and --currency. How a table's columns are called can be said in a \
      layout, a JSON object such as
        {"booked_on": "交易日期", "debit": "借方发生额", "credit": "贷方发生额",
         "balance": "余额", "reference": "流水号"}

      Example: guarantee bank import --office QINGDAO statement.xml
      Example: guarantee bank import --columns statement,result july.xml
      """)

  @Argument(help: ArgumentHelp("The files; '-' is standard input.", valueName: "file"), completion: .file())
  var files: [String]

  @Option(help: ArgumentHelp("Whose accounts they are of.", valueName: "office")) var office: String?
  @Option(help: ArgumentHelp("The currency of tables that name none.", valueName: "currency")) var currency:
    String?
  @Option(help: ArgumentHelp("The account of tables that name none.", valueName: "account")) var account:
    String?
  @Option(
    help: ArgumentHelp("What a table's columns mean, as JSON.", valueName: "file"), completion: .file())
  var layout: String?
  @Flag(help: "Say what would be imported and import nothing.") var dryRun = false

  @OptionGroup(title: "Rows") var columns: ColumnOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if let currency, Currency(rawValue: currency).minorDigits == nil {
      throw misuse("--currency takes a currency that is known, such as CNY, and no '\(currency)'.")
    }
  }

  func run() async throws {
    var hints = BankFiles.Hints()
    hints.currency = currency.map { Currency(rawValue: $0) }
    hints.account = account
    hints.layout = try layout.map { try BankLayout(path: $0) }
    var reader = BankFiles(hints: hints)
    for file in files { try reader.read(path: file) }
    let statements = try reader.statements()
    // A table's currency is taken where it names none; any other file has to be in it.
    if let currency, let other = statements.first(where: { $0.currency.rawValue != currency }) {
      throw Failure(
        .unreadableInput,
        "\(other.file), line \(other.place): the statement is in \(other.currency) and not in \(currency).")
    }
    let opened = try await ledger.open()
    try await columns.check { try await opened.columns(of: .bankImport) }
    let printer = RowPrinter(output, choosing: columns.names)
    try await opened.importStatements(
      statements, office: office, isDryRun: dryRun, columns: { try printer.begin($0) },
      row: { try printer.print($0) })
    try printer.finish()
    await opened.close()
  }
}
