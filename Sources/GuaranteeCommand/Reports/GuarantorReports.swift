import ArgumentParser
import GuaranteeLedger

/// `guarantee report exposure`.
struct ExposureReport: PrintsReport {
  static let report = Report.exposure
  static let configuration = CommandConfiguration(
    commandName: "exposure",
    abstract: "How much of each guarantor's facility is used.",
    discussion: """
      Exposure is what is held, frozen, undertaken and called but unpaid; available is what the facility has left.

      Example: guarantee report exposure --office QINGDAO
      """)

  @OptionGroup var options: ReadingOptions
}

/// `guarantee report ageing`.
struct AgeingReport: PrintsReport {
  static let report = Report.ageing
  static let configuration = CommandConfiguration(
    commandName: "ageing",
    abstract: "Called undertakings that are not yet paid, by their age in days.",
    discussion: """
      Each guarantor has a row with the amounts by how many days ago they were called.

      Example: guarantee report ageing -O json
      """)

  @OptionGroup var options: ReadingOptions
}

/// `guarantee report commitments`.
struct CommitmentsReport: PrintsReport {
  static let report = Report.commitments
  static let configuration = CommandConfiguration(
    commandName: "commitments",
    abstract: "What each guarantor stands for in each dispute.",
    discussion: """
      Held and frozen is cash, undertaken is a letter or a policy, also one that has run out; drawn counts what was \
      called as well.

      Example: guarantee report commitments --guarantor JIAOZHOU-INSURANCE
      """)

  @Option(help: Filter.dispute) var dispute: String?
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] { Filter.given((.dispute, dispute)) }
}
