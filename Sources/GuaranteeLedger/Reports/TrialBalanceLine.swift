/// What the accounts of one role come to at an office: a row of `Ledger.trialBalance`.
public struct TrialBalanceLine: Sendable, Hashable {
  /// The office that the accounts are of.
  public let office: String
  /// What the accounts are for.
  public let role: AccountRole
  /// What the accounts are in.
  public let currency: Currency
  /// The sum of accounts whose normal side is debit; `nil` for others.
  public let debit: Money?
  /// The sum of accounts whose normal side is credit; `nil` for others.
  public let credit: Money?
  /// The ledger that the accounts stand in; debits and credits of each come to the same total.
  public let ledger: AccountLedger
}

extension TrialBalanceLine: ReadableRow {
  static let columns = ["office", "role", "currency", "debit", "credit", "ledger"]

  init(_ row: inout RowReader) throws(LedgerError) {
    office = try row.text()
    role = try row.code()
    currency = try row.code()
    debit = try row.moneyIfAny(in: currency)
    credit = try row.moneyIfAny(in: currency)
    ledger = try row.code()
  }
}

extension Ledger {
  /// The sums of accounts by role, currency and side, sorted by office, role and currency.
  ///
  /// - Parameters:
  ///   - office: Only accounts of this office.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func trialBalance(
    office: String? = nil, deadline: Duration? = nil
  ) -> LedgerRows<TrialBalanceLine> {
    rows(of: "report_trial_balance", ["office": office], deadline: deadline)
  }
}
