/// A line on the way from the ledger's balance of a custody account to the bank's: a row of
/// `Ledger.reconciliation`.
public struct ReconciliationLine: Sendable, Hashable {
  /// The office that keeps the account.
  public let office: String
  /// What the account is in.
  public let currency: Currency
  /// What the line is: `ledger_balance`, `opening`, `bank` (the bank has it and the ledger doesn't), `ledger` (the
  /// other way round), `difference` (both have it, with two amounts), and at last `bank_balance`.
  public let item: String
  /// Why it is there: `unidentified`, `short`, `over`, `duplicate`, `reversed`, `wrong_payer`, `wrong_payee`,
  /// `in_transit`, `bank_only` or `before_statements`; `nil` for a balance.
  public let reason: String?
  /// The day that the balance is of, or on which the difference came up.
  public let on: LedgerDate
  /// How many days it has been there; `nil` for a balance.
  public let ageDays: Int?
  /// What it adds on the way from the ledger to the bank, or the balance.
  public let amount: Money
  /// The balance after it.
  public let balance: Money
  /// The key of the event behind it, of several with blanks between; `nil` when it is the bank's alone.
  public let key: String?
  /// The bank's line by its number; `nil` when it is the ledger's alone.
  public let line: Int64?
  /// The bank's reference, or the event's.
  public let reference: String?
  /// Who is on the other side, as far as it is known.
  public let counterparty: String?
  /// The match that was proposed or made for it; `nil` when there is none.
  public let match: Int64?
  /// Why it was proposed, what it is for, or what happened.
  public let note: String?
}

extension ReconciliationLine: ReadableRow {
  static let columns = [
    "office", "currency", "item", "reason", "on", "age_days", "amount", "balance", "key", "line", "reference",
    "counterparty", "match", "note",
  ]

  init(_ row: inout RowReader) throws(LedgerError) {
    office = try row.text()
    currency = try row.code()
    item = try row.text()
    reason = try row.textIfAny()
    on = try row.date()
    ageDays = try row.integerIfAny()
    amount = try row.money(in: currency)
    balance = try row.money(in: currency)
    key = try row.textIfAny()
    line = try row.integerIfAny()
    reference = try row.textIfAny()
    counterparty = try row.textIfAny()
    match = try row.integerIfAny()
    note = try row.textIfAny()
  }
}

extension Ledger {
  /// Bridges the ledger's balance of each custody account that has bank statements to the bank's, difference by
  /// difference (银行存款余额调节表): on the last day of the statements, or on that of ``asOf(_:)``.
  ///
  /// - Parameters:
  ///   - office: Only accounts of this office.
  ///   - currency: Only accounts in this currency.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func reconciliation(
    office: String? = nil, currency: Currency? = nil, deadline: Duration? = nil
  ) -> LedgerRows<ReconciliationLine> {
    rows(
      of: "report_reconciliation",
      ["office": office, "currency": currency?.rawValue], deadline: deadline)
  }
}
