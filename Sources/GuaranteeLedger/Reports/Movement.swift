/// What accounts of one role had, what came in and went out, and what they have: a row of `Ledger.movements`.
public struct Movement: Sendable, Hashable {
  /// The office that the accounts are of.
  public let office: String
  /// What the accounts are for.
  public let role: AccountRole
  /// What the accounts are in.
  public let currency: Currency
  /// What they had before the period, on their normal side; below nothing only when entries are dated late.
  public let opening: Money
  /// What was added in the period.
  public let `in`: Money
  /// What was taken in the period.
  public let out: Money
  /// What they had at its end.
  public let closing: Money
  /// The ledger that the accounts stand in.
  public let ledger: AccountLedger
}

extension Movement: ReadableRow {
  static let columns = ["office", "role", "currency", "opening", "in", "out", "closing", "ledger"]

  init(_ row: inout RowReader) throws(LedgerError) {
    office = try row.text()
    role = try row.code()
    currency = try row.code()
    opening = try row.money(in: currency)
    `in` = try row.money(in: currency)
    out = try row.money(in: currency)
    closing = try row.money(in: currency)
    ledger = try row.code()
  }
}

extension Ledger {
  /// What came into each kind of account and went out of it in a period, sorted by office, role and currency.
  ///
  /// - Parameters:
  ///   - first: The period's first day; `nil` for all from the beginning, so that nothing was there before.
  ///   - last: The period's last day; `nil` for all to the end.
  ///   - office: Only accounts of this office.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func movements(
    from first: LedgerDate? = nil, to last: LedgerDate? = nil, office: String? = nil,
    deadline: Duration? = nil
  ) -> LedgerRows<Movement> {
    rows(
      of: "report_movements",
      ["office": office, "from_date": first?.description, "to_date": last?.description], deadline: deadline)
  }
}
