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

  /// Says so to people when a list is empty since the profile is for an office that isn't there.
  func sayOfProfile(in opened: Ledger) async throws {
    guard output.format == .table, rows.office == nil, let office = try ledger.choice().office,
      let unknown = try await opened.unknownNames(["office": office]).first
    else { return }
    Program.say(
      "There is no office '\(office)', which the profile is for, or you may not see it.\(unknown.question)")
  }

  /// Opens the ledger, and prints what `body` reads of it as the options ask to see it (`Listing.print`).
  func print(
    narrowedTo filters: [ReportFilter: String] = [:], sparing spared: Set<String> = [],
    saying nothing: Phrase? = Listing.nothing, _ body: (Ledger, RowPrinter) async throws -> String?,
    whenEmpty: (Ledger) async throws -> Void = { _ in }
  ) async throws {
    try await Listing(rows: rows, times: times, ledger: ledger, output: output)
      .print(narrowedTo: filters, sparing: spared, saying: nothing, body, whenEmpty: whenEmpty)
  }
}
