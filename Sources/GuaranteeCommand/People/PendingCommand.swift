import ArgumentParser
import GuaranteeLedger

/// `guarantee pending`: what waits for a second person.
struct PendingCommand: PrintsReport {
  static let report = Report.pending
  static let configuration = CommandConfiguration(
    commandName: "pending",
    abstract: "Lists the events that wait for a second person.",
    discussion: """
      Each with who proposed it, who has approved it, and how many have to. Nothing waits in a ledger that has \
      no members: there, whoever records approves at once.

      Example: guarantee pending --office QINGDAO
      """)

  @OptionGroup var options: ReadingOptions
}
