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

  @Option(help: Filter.office) var office: String?
  @Option(help: Filter.guarantor) var guarantor: String?
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] { Filter.given((.office, office), (.guarantor, guarantor)) }
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

  @Option(help: Filter.office) var office: String?
  @Option(help: Filter.guarantor) var guarantor: String?
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] { Filter.given((.office, office), (.guarantor, guarantor)) }
}
