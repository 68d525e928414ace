import ArgumentParser
import GuaranteeLedger

/// `guarantee report attempts`.
struct AttemptsReport: PrintsReport {
  static let report = Report.attempts
  static let configuration = CommandConfiguration(
    commandName: "attempts",
    abstract: "Events that were refused: who tried what, when, and why not.",
    discussion: """
      The office is the one that the event was meant for, and empty when it named none that is known. Trial \
      runs are no attempts. An attempt that is 'reported' was part of a run of all or nothing.

      Example: guarantee report attempts --office QINGDAO
      """)

  @OptionGroup var options: ReadingOptions
}

/// `guarantee report seals`.
struct SealsReport: PrintsReport {
  static let report = Report.seals
  static let configuration = CommandConfiguration(
    commandName: "seals",
    abstract: "The seals of the journal, each with its root and signature.",
    discussion: """
      Keep the root and the signature elsewhere: with them anybody can tell whether the journal was changed.

      Example: guarantee report seals
      """)

  @OptionGroup var options: ReadingOptions
}
