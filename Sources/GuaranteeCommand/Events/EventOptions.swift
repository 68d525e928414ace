import ArgumentParser

/// What every one-event command takes besides the fields of its event.
struct EventOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The legal or value date (default: today in the ledger's zone).", valueName: "YYYY-MM-DD"))
  var on: String?

  @Option(
    help: ArgumentHelp(
      "Your own key for the event: recorded again, it changes nothing (default: a new one).",
      valueName: "key"))
  var key: String?

  @Flag(help: "Say what the result would be and record nothing.")
  var dryRun = false

  @Flag(help: "Show what would happen to balances, states and deadlines, and record nothing.")
  var preview = false

  @Flag(help: "Never ask: a field that is missing is an error.")
  var noInput = false

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions
}
