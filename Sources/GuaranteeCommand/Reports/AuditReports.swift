import ArgumentParser
import GuaranteeLedger

/// `guarantee report journal`.
struct JournalReport: PrintsReport {
  static let report = Report.journal
  static let configuration = CommandConfiguration(
    commandName: "journal",
    abstract: "All entries of a period, with who recorded them and when.",
    discussion: """
      Entries come by date, those of a day in the order in which each office recorded them.

      Example: guarantee report journal --from 2026-01-01 --to 2026-01-31 -O csv
      """)

  @OptionGroup var period: PeriodOptions
  @Option(help: Filter.dispute) var dispute: String?
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] {
    Filter.given((.dispute, dispute), (.from, period.from), (.to, period.to))
  }
}

/// `guarantee report late-entries`.
struct LateEntriesReport: PrintsReport {
  static let report = Report.lateEntries
  static let configuration = CommandConfiguration(
    commandName: "late-entries",
    abstract: "Entries that were recorded on a later day than they are dated.",
    discussion: """
      They changed the books of a day after it: a report --as-of that day, --known-at its evening, has none of \
      them. --from and --to are about the date that they bear.

      Example: guarantee report late-entries --from 2026-01-01 --to 2026-01-31
      """)

  @OptionGroup var period: PeriodOptions
  @Option(help: Filter.dispute) var dispute: String?
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] {
    Filter.given((.dispute, dispute), (.from, period.from), (.to, period.to))
  }
}

/// `guarantee report segregation`.
struct SegregationReport: PrintsReport {
  static let report = Report.segregation
  static let configuration = CommandConfiguration(
    commandName: "segregation",
    abstract: "The custody bank account against every claim on it, down to each depositor.",
    discussion: """
      For each office and currency: what the bank account holds, whose it is, claim by claim, what the claims come \
      to, and the difference, which is nothing.

      Example: guarantee report segregation --as-of 2025-06-30
      """)

  @OptionGroup var options: ReadingOptions
}

/// `guarantee report movements`.
struct MovementsReport: PrintsReport {
  static let report = Report.movements
  static let configuration = CommandConfiguration(
    commandName: "movements",
    abstract: "What came in and went out in a period, by kind of account.",
    discussion: """
      Opening, in, out and closing are on the accounts' normal side: opening and in less out is closing.

      Example: guarantee report movements --from 2026-01-01 --to 2026-01-31
      """)

  @OptionGroup var period: PeriodOptions
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] {
    Filter.given((.from, period.from), (.to, period.to))
  }
}

/// `guarantee report flows`.
struct FlowsReport: PrintsReport {
  static let report = Report.flows
  static let configuration = CommandConfiguration(
    commandName: "flows",
    abstract: "The ways that money took in a period, from one kind of account to another.",
    discussion: """
      What was debited and what was credited, as in the rules' postings: the bank account stands for whoever paid or \
      was paid. What was taken back went the way back.

      Example: guarantee report flows --from 2026-01-01 --to 2026-03-31
      """)

  @OptionGroup var period: PeriodOptions
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] {
    Filter.given((.from, period.from), (.to, period.to))
  }
}

/// `guarantee report cover`.
struct CoverReport: PrintsReport {
  static let report = Report.cover
  static let configuration = CommandConfiguration(
    commandName: "cover",
    abstract: "The goods that are out against cover, and the cover, month by month.",
    discussion: """
      At the end of each month in which any of it changed: the value of the goods that have left, the cash that is \
      held and frozen, and the undertakings that are held. One that has run out counts until it is returned or called.

      Example: guarantee report cover --office QINGDAO
      """)

  @OptionGroup var period: PeriodOptions
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] {
    Filter.given((.from, period.from), (.to, period.to))
  }
}

/// `guarantee report unclaimed`.
struct UnclaimedReport: PrintsReport {
  static let report = Report.unclaimed
  static let configuration = CommandConfiguration(
    commandName: "unclaimed",
    abstract: "Money in custody that nobody has come for, by its age in days.",
    discussion: """
      What is payable to right holders and consignors, and receipts that nobody has identified.

      Example: guarantee report unclaimed --office QINGDAO
      """)

  @OptionGroup var options: ReadingOptions
}

/// `guarantee report recourse`.
struct RecourseReport: PrintsReport {
  static let report = Report.recourse
  static let configuration = CommandConfiguration(
    commandName: "recourse",
    abstract: "What guarantors claim back from consignors and have not been paid, by its age in days.",
    discussion: """
      What is paid settles the oldest claims first.

      Example: guarantee report recourse --guarantor LUSHANG-GUARANTEE
      """)

  @OptionGroup var options: ReadingOptions
}
