/// Goods that are out against cover, and the cover, at the end of a month: a row of `Ledger.cover`.
public struct CoverMonth: Sendable, Hashable {
  /// The office that keeps the cover.
  public let office: String
  /// What the sums are in.
  public let currency: Currency
  /// The month's last day.
  public let monthEnd: LedgerDate
  /// The value of the goods that were out.
  public let goodsOut: Money
  /// Cash that was held or frozen as counter-guarantee.
  public let cash: Money
  /// Letters and policies that were held, also those that had run out and were not returned yet.
  public let undertakings: Money
}

extension CoverMonth: ReadableRow {
  static let columns = ["office", "currency", "month_end", "goods_out", "cash", "undertakings"]

  init(_ row: inout RowReader) throws(LedgerError) {
    office = try row.text()
    currency = try row.code()
    monthEnd = try row.date()
    goodsOut = try row.money(in: currency)
    cash = try row.money(in: currency)
    undertakings = try row.money(in: currency)
  }
}

extension Ledger {
  /// Goods that were out against cover, and the cover, at the end of each month in which any of it changed, sorted by
  /// office, currency and month.
  ///
  /// - Parameters:
  ///   - first: Only months that end on this day or later.
  ///   - last: Only what is dated on this day or before.
  ///   - office: Only of this office.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func cover(
    from first: LedgerDate? = nil, to last: LedgerDate? = nil, office: String? = nil,
    deadline: Duration? = nil
  ) -> LedgerRows<CoverMonth> {
    rows(
      of: "report_cover",
      ["office": office, "from_date": first?.description, "to_date": last?.description], deadline: deadline)
  }
}
