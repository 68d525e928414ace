import ArgumentParser
import GuaranteeLedger

/// What every command takes that prints rows of a ledger.
struct ReadingOptions: ParsableArguments {
  @OptionGroup var page: PageOptions
  @OptionGroup var times: TimeOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  /// The office that was named, or else the one of the profile.
  func office(_ named: String?) throws(Failure) -> String? {
    if let named { return named }
    return try ledger.choice().office
  }

  /// Opens the ledger, and prints what `body` reads of it as the options ask to see it.
  func print(_ body: (Ledger, RowPrinter) async throws -> Void) async throws {
    let opened = try await ledger.open()
    let printer = RowPrinter(output)
    try await Waiting.showing("Reading the ledger") { try await body(times.view(of: opened), printer) }
    try printer.finish()
    await opened.close()
  }
}
