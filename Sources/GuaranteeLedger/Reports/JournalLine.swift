/// An entry of the journal with who recorded it: a row of `Ledger.journal`.
public struct JournalLine: Sendable, Hashable {
  /// The event's legal or value date.
  public let on: LedgerDate
  /// The office whose journal it stands in.
  public let office: String
  /// The event's number in the office's journal.
  public let sequence: Int64
  /// The entry's number in the event.
  public let line: Int
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
  /// The number of the document behind the event; `nil` when it has none.
  public let reference: String?
  /// When it was recorded, by the server's clock.
  public let recordedAt: LedgerTime
  /// The database login that recorded it.
  public let recordedBy: String
  /// Who approved it; `nil` when nobody had to.
  public let approvedBy: String?
}

extension JournalLine: PageableRow {
  static let columns = [
    "on", "office", "sequence", "line", "key", "event", "account", "debit", "credit", "reference",
    "recorded_at",
    "recorded_by", "approved_by",
  ]
  static let order = ["on", "office", "sequence", "line"]

  init(_ row: inout RowReader) throws(LedgerError) {
    on = try row.date()
    office = try row.text()
    sequence = try row.integer()
    line = try row.integer()
    key = try row.text()
    event = try row.code()
    account = try row.text()
    let currency = Currency(ofAccount: account)
    debit = try row.moneyIfAny(in: currency)
    credit = try row.moneyIfAny(in: currency)
    reference = try row.textIfAny()
    recordedAt = try row.time()
    recordedBy = try row.text()
    approvedBy = try row.textIfAny()
  }

  /// Where the row stands among the others.
  public var bookmark: Bookmark<JournalLine> {
    Bookmark([on.description, office, String(sequence), String(line)])
  }
}

extension Currency {
  /// What the account with this name is in.
  init(ofAccount name: String) {
    // An account's name ends with its currency, whatever colons stand before.
    self.init(rawValue: name.split(separator: ":").last.map(String.init) ?? "")
  }
}

extension Ledger {
  /// All entries of a period, sorted by date, office, number and line.
  ///
  /// - Parameters:
  ///   - first: Only entries of this day and later ones; `nil` from the beginning.
  ///   - last: Only entries of this day and earlier ones; `nil` to the end.
  ///   - office: Only of this office.
  ///   - dispute: Only of this dispute's events.
  ///   - bookmark: Only rows after this one's.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func journal(
    from first: LedgerDate? = nil, to last: LedgerDate? = nil, office: String? = nil, dispute: String? = nil,
    after bookmark: Bookmark<JournalLine>? = nil, limit: Int? = nil, deadline: Duration? = nil
  ) -> LedgerRows<JournalLine> {
    rows(
      of: "report_journal",
      ["office": office, "dispute": dispute, "from_date": first?.description, "to_date": last?.description],
      after: bookmark, limit: limit, deadline: deadline)
  }
}
