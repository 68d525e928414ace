import ArgumentParser
import GuaranteeLedger

/// The days that a report is about.
struct PeriodOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The period's first day (default: from the beginning).", valueName: "date"))
  var from: String?

  @Option(help: ArgumentHelp("The period's last day (default: to the end).", valueName: "date"))
  var to: String?

  func validate() throws {
    for (name, text) in [("--from", from), ("--to", to)] {
      if let text, LedgerDate(text) == nil {
        throw misuse("\(name) takes a date as YYYY-MM-DD: '\(text)' is none.")
      }
    }
    if let from, let to, from > to {
      throw misuse("The period ends before it begins: \(from) lies after \(to).")
    }
  }
}
