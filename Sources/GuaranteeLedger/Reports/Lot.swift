/// Goods of a dispute: a row of `Ledger.lots`.
public struct Lot: Sendable, Hashable {
  /// The dispute's number.
  public let dispute: String
  /// The lot's number within the dispute.
  public let lot: String
  /// What has become of the goods.
  public let state: LotState
  /// What the value is in.
  public let currency: Currency
  /// What the goods are worth.
  public let value: Money
}

extension Lot: PageableRow {
  static let columns = ["dispute", "lot", "state", "currency", "value"]
  static let order = ["dispute", "lot"]

  init(_ row: inout RowReader) throws(LedgerError) {
    dispute = try row.text()
    lot = try row.text()
    state = try row.code()
    currency = try row.code()
    value = try row.money(in: currency)
  }

  /// Where the row stands among the others.
  public var bookmark: Bookmark<Lot> { Bookmark([dispute, lot]) }
}

extension Ledger {
  /// The goods of each dispute, sorted by dispute and lot.
  ///
  /// - Parameters:
  ///   - office: Only goods of this office's disputes.
  ///   - dispute: Only goods of this dispute.
  ///   - bookmark: Only rows after this one's.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func lots(
    office: String? = nil, dispute: String? = nil, after bookmark: Bookmark<Lot>? = nil, limit: Int? = nil,
    deadline: Duration? = nil
  ) -> LedgerRows<Lot> {
    rows(
      of: "report_lots", ["office": office, "dispute": dispute], after: bookmark, limit: limit,
      deadline: deadline)
  }
}
