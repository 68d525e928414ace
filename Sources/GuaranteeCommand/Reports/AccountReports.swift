import ArgumentParser
import GuaranteeLedger

/// `guarantee report balances`.
struct BalancesReport: PrintsReport {
  static let report = Report.balances
  static let configuration = CommandConfiguration(
    commandName: "balances",
    abstract: "The balance of each account.",
    discussion: """
      Each balance is on the account's normal side: debit for what is owned, credit for what is owed.

      Example: guarantee report balances --office QINGDAO
      """)

  @Option(help: Filter.dispute) var dispute: String?
  @Flag(help: "Also accounts whose balance is zero.") var zero = false
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] {
    Filter.given(
      (.dispute, dispute), (.zero, zero ? "true" : nil))
  }
}

/// `guarantee report trial-balance`.
struct TrialBalanceReport: PrintsReport {
  static let report = Report.trialBalance
  static let configuration = CommandConfiguration(
    commandName: "trial-balance",
    abstract: "The balances of each office by account and side.",
    discussion: """
      In each ledger, cash and memo, debits and credits come to the same total.

      Example: guarantee report trial-balance -O csv
      Example: guarantee report trial-balance --totals --as-of 2025-12-31
      """)

  @Flag(help: "Also what the debits and the credits of each ledger come to.") var totals = false
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] {
    Filter.given((.totals, totals ? "true" : nil))
  }
}

/// `guarantee report statement`.
struct StatementReport: PrintsReport {
  static let report = Report.statement
  static let configuration = CommandConfiguration(
    commandName: "statement",
    abstract: "The entries of an account, a dispute or a guarantor with the running balance.",
    discussion: """
      At least one of --account, --dispute and --guarantor is needed. With --from or --to the entries of the \
      period stand between what each account had before, as opening_balance, and what it had in the \
      end, as closing_balance.

      Example: guarantee report statement --guarantor LUSHANG-GUARANTEE
      Example: guarantee report statement --account QINGDAO:bank:CNY --from 2025-06-01 --to 2025-06-30
      """)

  @Option(help: Filter.account) var account: String?
  @Option(help: Filter.dispute) var dispute: String?
  @OptionGroup var period: PeriodOptions
  @OptionGroup var options: ReadingOptions

  var filters: [ReportFilter: String] {
    Filter.given(
      (.account, account), (.dispute, dispute), (.from, period.from),
      (.to, period.to))
  }

  func validate() throws {
    if account == nil, dispute == nil, options.rows.guarantor == nil {
      throw misuse(
        "A statement needs an account, a dispute or a guarantor: give --account, --dispute or --guarantor.")
    }
  }
}
