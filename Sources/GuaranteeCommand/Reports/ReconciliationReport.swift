import ArgumentParser
import GuaranteeLedger

/// `guarantee report reconciliation`: 银行存款余额调节表.
struct ReconciliationReport: PrintsReport {
  static let report = Report.reconciliation
  static let configuration = CommandConfiguration(
    commandName: "reconciliation",
    abstract: "Bridges the ledger's balance to the bank's, difference by difference.",
    discussion: """
      For each custody account (银行存款余额调节表): the ledger's balance, a line for everything that keeps it \
      apart from the bank's with its age in days and its reason, the balance after each, and the bank's balance. \
      Reasons are unidentified, short, over, duplicate, reversed, wrong_payer, wrong_payee, in_transit, \
      bank_only, and before_statements for what the first statement began with. It is of the last statement's day \
      unless --as-of names another.

      Example: guarantee report reconciliation --office QINGDAO
      """)

  @OptionGroup var options: ReadingOptions
}
