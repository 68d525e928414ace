import ArgumentParser
import GuaranteeLedger

/// `guarantee report closing`.
struct ClosingReport: PrintsReport {
  static let report = Report.closing
  static let configuration = CommandConfiguration(
    commandName: "closing",
    abstract: "The closing statement: what each account had, what moved, and what it has.",
    discussion: """
      It was made when the books were closed by 'office close-period'. It begins with what the closing before \
      ended with, and has what is dated since, through its day. Opening and closing are on the account's \
      normal side.

      Example: guarantee report closing --office QINGDAO
      Example: guarantee report closing --through 2026-01-31 -O csv
      """)

  @Option(
    help: ArgumentHelp(
      "The latest closing through this day or an earlier one (default: the latest).", valueName: "date"))
  var through: String?
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] { Filter.given((.through, through)) }

  func validate() throws {
    if let through, LedgerDate(through) == nil {
      throw misuse("--through takes a date as YYYY-MM-DD: '\(through)' is none.")
    }
  }
}

/// `guarantee report closings`.
struct ClosingsReport: PrintsReport {
  static let report = Report.closings
  static let configuration = CommandConfiguration(
    commandName: "closings",
    abstract: "The closings of each office, each with its hash.",
    discussion: """
      The hash covers every account of the statement, how many disputes were at each stage and lots in each \
      state, and the hash of the closing before. The event that closed the books is hashed with it, and 'seal' \
      is the first seal that covers that; none: nobody has sealed it yet.

      Example: guarantee report closings --office QINGDAO
      """)

  @OptionGroup var options: ReadingOptions
}
