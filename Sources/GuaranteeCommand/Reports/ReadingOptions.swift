import ArgumentParser
import GuaranteeLedger

/// What every command takes that prints rows of a ledger.
struct ReadingOptions: ParsableArguments {
  @OptionGroup(title: "Rows") var rows: RowOptions
  @OptionGroup var times: TimeOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  /// The office that was named, or else the one of the profile.
  var office: String? {
    get throws(Failure) {
      if let office = rows.office { return office }
      return try ledger.choice().office
    }
  }

  /// Opens the ledger, and prints what `body` reads of it as the options ask to see it.
  ///
  /// - Parameter body: Gives where the page ended, when there is more. That is said to people, who see the pages.
  func print(_ body: (Ledger, RowPrinter) async throws -> String?) async throws {
    let opened = try await ledger.open()
    let place = try await printed(opened, body)
    await opened.close()
    if let place, output.format == .table {
      let next = NextPage(words: Program.words, place: place)
      Program.say("There is more: \(next.command)")
    }
  }

  /// Prints the rows, and is done with a pager when it returns.
  private func printed(
    _ opened: Ledger, _ body: (Ledger, RowPrinter) async throws -> String?
  ) async throws -> String? {
    let printer = RowPrinter(output, choosing: rows.columnNames)
    let place = try await Waiting.showing("Reading the ledger") {
      try await body(times.view(of: opened), printer)
    }
    try printer.finish()
    return place
  }
}
