/// Where a dispute stands: a row of `Ledger.disputes`.
public struct DisputePosition: Sendable, Hashable {
  /// The dispute's number.
  public let dispute: String
  /// The office that keeps its money.
  public let office: String
  /// How far it has come.
  public let stage: DisputeStage
  /// How it ended; `nil` until it has.
  public let outcome: Outcome?
  /// What all of its sums are in.
  public let currency: Currency
  /// The value of all its goods.
  public let goodsValue: Money
  /// The value of the goods that have left against cover.
  public let conditionallyReleased: Money
  /// What is held, frozen and undertaken today; an undertaking that has run out covers nothing.
  public let cover: Money
  /// What the judgment or settlement gives the right holder; `nil` before there is one, or when it gives nothing.
  public let award: Money?
  /// What was drawn and called towards the award.
  public let drawn: Money
  /// How customs came to act.
  public let procedure: Procedure
  /// The code of the recordal's owner.
  public let rightHolder: String
  /// The code of the exporter.
  public let consignor: String
  /// The date of the event that brought it to its stage.
  public let stageSince: LedgerDate
}

extension DisputePosition: PageableRow {
  static let columns = [
    "dispute", "office", "stage", "outcome", "currency", "goods_value", "conditionally_released", "cover",
    "award", "drawn", "procedure", "right_holder", "consignor", "stage_since",
  ]
  static let order = ["dispute"]

  init(_ row: inout RowReader) throws(LedgerError) {
    dispute = try row.text()
    office = try row.text()
    stage = try row.code()
    outcome = try row.codeIfAny()
    currency = try row.code()
    goodsValue = try row.money(in: currency)
    conditionallyReleased = try row.money(in: currency)
    cover = try row.money(in: currency)
    award = try row.moneyIfAny(in: currency)
    drawn = try row.money(in: currency)
    procedure = try row.code()
    rightHolder = try row.text()
    consignor = try row.text()
    stageSince = try row.date()
  }

  /// Where the row stands among the others.
  public var bookmark: Bookmark<DisputePosition> { Bookmark([dispute]) }
}

extension Ledger {
  /// Where each dispute stands, sorted by number.
  ///
  /// - Parameters:
  ///   - office: Only disputes of this office.
  ///   - guarantor: Only disputes in which this guarantor stands for the consignor.
  ///   - stage: Only disputes that are at this stage.
  ///   - bookmark: Only rows after this one's.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func disputes(
    office: String? = nil, guarantor: String? = nil, stage: DisputeStage? = nil,
    after bookmark: Bookmark<DisputePosition>? = nil, limit: Int? = nil, deadline: Duration? = nil
  ) -> LedgerRows<DisputePosition> {
    rows(
      of: "report_disputes", ["office": office, "guarantor": guarantor, "stage": stage?.rawValue],
      after: bookmark, limit: limit, deadline: deadline)
  }
}
