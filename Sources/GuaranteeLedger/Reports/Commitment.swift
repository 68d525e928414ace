/// What a guarantor stands for in a dispute: a row of `Ledger.commitments`.
public struct Commitment: Sendable, Hashable {
  /// The office that the dispute is at.
  public let office: String
  /// The dispute's number.
  public let dispute: String
  /// The guarantor's code.
  public let guarantor: String
  /// What the amounts are in.
  public let currency: Currency
  /// Where the dispute stands.
  public let stage: DisputeStage
  /// Cash held as cover.
  public let held: Money
  /// Cash frozen by an order.
  public let frozen: Money
  /// What is undertaken, also when it has run out.
  public let undertaken: Money
  /// The undertaking's last day; `nil` when it has no end, or there is none.
  public let expiresOn: LedgerDate?
  /// What was drawn and called towards the award.
  public let drawn: Money
  /// What was called and is not yet paid.
  public let called: Money
  /// What the guarantor claims back from the consignor and has not been paid.
  public let recourse: Money
}

extension Commitment: PageableRow {
  static let columns = [
    "office", "dispute", "guarantor", "currency", "stage", "held", "frozen", "undertaken", "expires_on",
    "drawn",
    "called", "recourse",
  ]
  static let order = ["office", "dispute", "guarantor"]

  init(_ row: inout RowReader) throws(LedgerError) {
    office = try row.text()
    dispute = try row.text()
    guarantor = try row.text()
    currency = try row.code()
    stage = try row.code()
    held = try row.money(in: currency)
    frozen = try row.money(in: currency)
    undertaken = try row.money(in: currency)
    expiresOn = try row.dateIfAny()
    drawn = try row.money(in: currency)
    called = try row.money(in: currency)
    recourse = try row.money(in: currency)
  }

  /// Where the row stands among the others.
  public var bookmark: Bookmark<Commitment> { Bookmark([office, dispute, guarantor]) }
}

extension Ledger {
  /// What each guarantor stands for in each dispute, sorted by office, dispute and guarantor.
  ///
  /// - Parameters:
  ///   - office: Only this office.
  ///   - dispute: Only this dispute.
  ///   - guarantor: Only this guarantor.
  ///   - bookmark: Only rows after this one's.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func commitments(
    office: String? = nil, dispute: String? = nil, guarantor: String? = nil,
    after bookmark: Bookmark<Commitment>? = nil, limit: Int? = nil, deadline: Duration? = nil
  ) -> LedgerRows<Commitment> {
    rows(
      of: "report_commitments", ["office": office, "dispute": dispute, "guarantor": guarantor],
      after: bookmark,
      limit: limit, deadline: deadline)
  }
}
