import ArgumentParser
import GuaranteeLedger

/// `guarantee report`: what the ledger says, as rows.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Prints balances, positions, deadlines and statements.",
    discussion: """
      Rows are sorted, so that the same ledger always gives the same bytes. Amounts are exact decimals.

      Example: guarantee report trial-balance -O csv
      """,
    subcommands: [
      BalancesReport.self, TrialBalanceReport.self, StatementReport.self, ExposureReport.self,
      DisputesReport.self, LotsReport.self, DeadlinesReport.self, AgeingReport.self, AttemptsReport.self,
      JournalReport.self,
      LateEntriesReport.self, MovementsReport.self, FlowsReport.self, CoverReport.self,
      CommitmentsReport.self,
      SegregationReport.self, UnclaimedReport.self,
      RecourseReport.self, ClosingReport.self, ClosingsReport.self, SealsReport.self,
      ReconciliationReport.self, HTMLReport.self,
    ])
}

/// A command that prints one report.
protocol PrintsReport: AsyncParsableCommand {
  static var report: Report { get }
  var filters: [ReportFilter: String] { get }
  var options: ReadingOptions { get }
}

extension PrintsReport {
  var filters: [ReportFilter: String] { [:] }

  func run() async throws {
    try await options.print(narrowedTo: filters) { ledger, printer in
      try await ledger.report(
        Self.report, where: filters, rows: options.rows.selection, columns: { try printer.begin($0) },
        row: { try printer.print($0) })
    }
  }
}

/// What reports can be narrowed to.
enum Filter {
  static let office = ArgumentHelp("Only this office.", valueName: "office")
  static let dispute = ArgumentHelp("Only this dispute.", valueName: "dispute")
  static let guarantor = ArgumentHelp("Only this guarantor.", valueName: "guarantor")
  static let stage = ArgumentHelp("Only disputes that are at this stage.", valueName: "stage")
  static let account = ArgumentHelp("Only this account, as 'report balances' names it.", valueName: "account")

  /// The filters that were given.
  static func given(_ pairs: (ReportFilter, String?)...) -> [ReportFilter: String] {
    var filters: [ReportFilter: String] = [:]
    for (filter, value) in pairs { filters[filter] = value }
    return filters
  }
}
