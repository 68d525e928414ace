/// What an account came to when its office's books were closed: a row of `Ledger.closing`.
public struct ClosingLine: Sendable, Hashable {
  /// The office whose books were closed.
  public let office: String
  /// The last day of the period.
  public let through: LedgerDate
  /// The account's name, such as `QINGDAO:counter_guarantee_held:QD-1:BANK-A:CNY`.
  public let account: String
  /// What it had at the end of the closing before, on its normal side; nothing before the first.
  public let opening: Money
  /// What was debited in the period.
  public let debit: Money
  /// What was credited in the period.
  public let credit: Money
  /// What it had at the end of the period, on its normal side.
  ///
  /// Below nothing only when what it paid out was dated before what came in.
  public let closing: Money
  /// What the account is for.
  public let role: AccountRole
  /// The dispute that it is of; `nil` when it is of none.
  public let dispute: String?
  /// The guarantor that it is of; `nil` when it is of none.
  public let guarantor: String?
  /// What it is in.
  public let currency: Currency
}

extension ClosingLine: ReadableRow {
  static let columns = [
    "office", "through", "account", "opening", "debit", "credit", "closing", "role", "dispute", "guarantor",
    "currency",
  ]

  init(_ row: inout RowReader) throws(LedgerError) {
    office = try row.text()
    through = try row.date()
    account = try row.text()
    let currency = Currency(ofAccount: account)
    opening = try row.money(in: currency)
    debit = try row.money(in: currency)
    credit = try row.money(in: currency)
    closing = try row.money(in: currency)
    role = try row.code()
    dispute = try row.textIfAny()
    guarantor = try row.textIfAny()
    self.currency = try row.code()
  }
}

extension Ledger {
  /// The latest closing of each office, account by account: those that have a balance or moved in the period, sorted
  /// by office, role, dispute, guarantor and currency.
  ///
  /// - Parameters:
  ///   - office: Only this office.
  ///   - day: The latest closing through this day or an earlier one; `nil` for the latest there is.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func closing(
    office: String? = nil, through day: LedgerDate? = nil, deadline: Duration? = nil
  ) -> LedgerRows<ClosingLine> {
    rows(of: "report_closing", ["office": office, "through": day?.description], deadline: deadline)
  }
}
