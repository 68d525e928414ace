/// What the books of an office came to when they were closed: a row of `Ledger.closings`.
public struct Closing: Sendable, Hashable {
  /// The office whose books were closed.
  public let office: String
  /// The last day of the period; it began after the day of the closing before.
  public let through: LedgerDate
  /// The number of the event that closed them.
  public let sequence: Int64
  /// That event's key.
  public let key: String
  /// When it was recorded, by the server's clock.
  public let closedAt: LedgerTime
  /// The database login that recorded it.
  public let closedBy: String
  /// How many accounts have a balance or moved in the period: the rows of ``Ledger/closing(office:through:deadline:)``.
  public let accounts: Int64
  /// How many disputes were at each stage: JSON, an object of decimal texts by stage.
  public let disputes: String
  /// How many lots were in each state: JSON, an object of decimal texts by state.
  public let lots: String
  /// The Merkle root over the accounts: 64 hexadecimal digits.
  public let balances: String
  /// The hash of the office's closing before; zeros for the first.
  public let previous: String
  /// The closing's hash, which the hash of its event covers: 64 hexadecimal digits.
  public let hash: String
  /// The number of the first seal that covers it; `nil` when none does yet.
  public let seal: Int64?
}

extension Closing: ReadableRow {
  static let columns = [
    "office", "through", "sequence", "key", "closed_at", "closed_by", "accounts", "disputes", "lots",
    "balances", "previous", "hash", "seal",
  ]

  init(_ row: inout RowReader) throws(LedgerError) {
    office = try row.text()
    through = try row.date()
    sequence = try row.integer()
    key = try row.text()
    closedAt = try row.time()
    closedBy = try row.text()
    accounts = try row.integer()
    disputes = try row.text()
    lots = try row.text()
    balances = try row.text()
    previous = try row.text()
    hash = try row.text()
    seal = try row.integerIfAny()
  }
}

extension Ledger {
  /// The closings of each office, sorted by office and day.
  ///
  /// - Parameters:
  ///   - office: Only this office.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func closings(office: String? = nil, deadline: Duration? = nil) -> LedgerRows<Closing> {
    rows(of: "report_closings", ["office": office], deadline: deadline)
  }
}
