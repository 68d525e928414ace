/// An entry that was recorded on a later day than it is dated: a row of `Ledger.lateEntries`.
public struct LateEntry: Sendable, Hashable {
  /// The event's legal or value date.
  public let on: LedgerDate
  /// When it was recorded, by the server's clock.
  public let recordedAt: LedgerTime
  /// How many days later that was, by the ledger's zone.
  public let daysLate: Int
  /// The office whose journal it stands in.
  public let office: String
  /// The event's number in the office's journal.
  public let sequence: Int64
  /// The event's key.
  public let key: String
  /// What happened.
  public let event: EventName
  /// The account's name, such as `QINGDAO:counter_guarantee_held:QD-1:BANK-A:CNY`.
  public let account: String
  /// What was debited; `nil` for a credit.
  public let debit: Money?
  /// What was credited; `nil` for a debit.
  public let credit: Money?
  /// The database login that recorded it.
  public let recordedBy: String
}

extension LateEntry: ReadableRow {
  static let columns = [
    "on", "recorded_at", "days_late", "office", "sequence", "key", "event", "account", "debit", "credit",
    "recorded_by",
  ]

  init(_ row: inout RowReader) throws(LedgerError) {
    on = try row.date()
    recordedAt = try row.time()
    daysLate = try row.integer()
    office = try row.text()
    sequence = try row.integer()
    key = try row.text()
    event = try row.code()
    account = try row.text()
    let currency = Currency(ofAccount: account)
    debit = try row.moneyIfAny(in: currency)
    credit = try row.moneyIfAny(in: currency)
    recordedBy = try row.text()
  }
}

extension Ledger {
  /// Entries that were recorded on a later day than they are dated, sorted by date and by when they were recorded:
  /// what changes the books of a day after it.
  ///
  /// - Parameters:
  ///   - first: Only entries dated this day or later; `nil` from the beginning.
  ///   - last: Only entries dated this day or earlier; `nil` to the end.
  ///   - office: Only of this office.
  ///   - dispute: Only of this dispute's events.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func lateEntries(
    from first: LedgerDate? = nil, to last: LedgerDate? = nil, office: String? = nil, dispute: String? = nil,
    limit: Int? = nil, deadline: Duration? = nil
  ) -> LedgerRows<LateEntry> {
    rows(
      of: "report_late_entries",
      ["office": office, "dispute": dispute, "from_date": first?.description, "to_date": last?.description],
      limit: limit, deadline: deadline)
  }
}
