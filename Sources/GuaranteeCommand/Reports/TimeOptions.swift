import ArgumentParser
import GuaranteeLedger

/// Of which day a report is, and as known when.
struct TimeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("As the books were on this day, by the events' dates.", valueName: "date"))
  var asOf: String?

  @Option(
    help: ArgumentHelp(
      "As recorded by then: 2026-01-31T17:30, in the ledger's zone, or with an offset such as +08:00 or Z.",
      valueName: "time"))
  var knownAt: String?

  func validate() throws {
    if let asOf, LedgerDate(asOf) == nil {
      throw misuse("--as-of takes a date as YYYY-MM-DD: '\(asOf)' is none.")
    }
    if let knownAt, WrittenTime(knownAt) == nil {
      throw misuse(
        "--known-at takes a date and a time, such as 2026-01-31T17:30 or 2026-01-31T09:30:00Z: '\(knownAt)' is none."
      )
    }
  }

  /// Whether less than all there is was asked for.
  var isPast: Bool { asOf != nil || knownAt != nil }

  /// The ledger as the options ask to see it.
  func view(of ledger: Ledger) -> Ledger {
    ledger.lookingBack(asOf: asOf.flatMap { LedgerDate($0) }, knownAt: knownAt.flatMap { WrittenTime($0) })
  }
}
