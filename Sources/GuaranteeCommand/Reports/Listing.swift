import GuaranteeLedger

/// Rows of a ledger, printed as options ask to see them.
struct Listing {
  let rows: RowOptions
  /// The day and time of what is shown; `nil` where there is only the present.
  var times: TimeOptions?
  let ledger: LedgerOptions
  let output: OutputOptions

  static let nothing: Phrase = "There is nothing to show."

  /// Opens the ledger, and prints what `body` reads of it.
  ///
  /// - Parameters:
  ///   - filters: What else the rows are narrowed to.
  ///   - spared: Columns that people don't need in a table, unless they ask for them.
  ///   - nothing: What people are told who see a table without a row; `nil` when `whenEmpty` says it.
  ///   - body: Gives where the page ended, when there is more. That is said to people, who see the pages.
  ///   - whenEmpty: What follows when there are no rows although all names that were given are names of something.
  func print(
    narrowedTo filters: [ReportFilter: String] = [:], sparing spared: Set<String> = [],
    saying nothing: Phrase? = Self.nothing, _ body: (Ledger, RowPrinter) async throws -> String?,
    whenEmpty: (Ledger) async throws -> Void = { _ in }
  ) async throws {
    let opened = try await ledger.open()
    let printer = RowPrinter(output, choosing: rows.columns.names, sparing: spared)
    let place = try await Waiting.showing("Reading the ledger") {
      let place = try await body(times?.view(of: opened) ?? opened, printer)
      if printer.count == 0 {
        try await rows.names.adding(filters).check(in: opened)
        try await whenEmpty(opened)
      }
      return place
    }
    // It is done with a pager when it returns.
    try printer.finish()
    if let nothing, printer.isEmptyTable { Program.say(nothing) }
    await opened.close()
    if let place, output.format == .table {
      let next = NextPage(words: Program.words, place: place)
      Program.say("There is more: \(next.command)")
    }
  }
}
