/// Money that went from one kind of account to another: a row of `Ledger.flows`.
public struct MoneyFlow: Sendable, Hashable {
  /// The office that the accounts are of.
  public let office: String
  /// What the sum is in.
  public let currency: Currency
  /// What was debited; the bank account for money that came in.
  public let debitRole: AccountRole
  /// What was credited; the bank account for money that was paid out.
  public let creditRole: AccountRole
  /// How much it was in all.
  public let amount: Money
  /// How many events it took.
  public let events: Int
}

extension MoneyFlow: ReadableRow {
  static let columns = ["office", "currency", "debit_role", "credit_role", "amount", "events"]

  init(_ row: inout RowReader) throws(LedgerError) {
    office = try row.text()
    currency = try row.code()
    debitRole = try row.code()
    creditRole = try row.code()
    amount = try row.money(in: currency)
    events = try row.integer()
  }
}

extension Ledger {
  /// The ways that money in custody took in a period, sorted by office, currency and accounts.
  ///
  /// - Parameters:
  ///   - first: The period's first day; `nil` for all from the beginning.
  ///   - last: The period's last day; `nil` for all to the end.
  ///   - office: Only accounts of this office.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func flows(
    from first: LedgerDate? = nil, to last: LedgerDate? = nil, office: String? = nil,
    deadline: Duration? = nil
  ) -> LedgerRows<MoneyFlow> {
    rows(
      of: "report_flows",
      ["office": office, "from_date": first?.description, "to_date": last?.description], deadline: deadline)
  }
}
