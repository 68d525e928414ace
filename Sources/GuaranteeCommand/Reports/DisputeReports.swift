import ArgumentParser
import GuaranteeLedger

/// `guarantee report disputes`.
struct DisputesReport: PrintsReport {
  static let report = Report.disputes
  static let configuration = CommandConfiguration(
    commandName: "disputes",
    abstract: "Each dispute with its stage, cover and award.",
    discussion: """
      Cover is what is held, frozen and undertaken for the dispute.

      Example: guarantee report disputes --office QINGDAO
      """)

  @Option(help: Filter.dispute) var dispute: String?
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] {
    Filter.given((.dispute, dispute))
  }
}

/// `guarantee report lots`.
struct LotsReport: PrintsReport {
  static let report = Report.lots
  static let configuration = CommandConfiguration(
    commandName: "lots",
    abstract: "The goods of each dispute and where they are.",
    discussion: """
      Each lot has a row with its state and value.

      Example: guarantee report lots -O csv
      """)

  @Option(help: Filter.dispute) var dispute: String?
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] { Filter.given((.dispute, dispute)) }
}

/// `guarantee report deadlines`.
struct DeadlinesReport: PrintsReport {
  static let report = Report.deadlines
  static let configuration = CommandConfiguration(
    commandName: "deadlines",
    abstract: "The statutory deadlines of each dispute.",
    discussion: """
      due_on is empty while the working days of a year that it needs are not known.

      Example: guarantee report deadlines --office QINGDAO
      """)

  @Option(help: Filter.dispute) var dispute: String?
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] {
    Filter.given((.dispute, dispute))
  }
}
