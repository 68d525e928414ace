/// What a guarantor stands for at an office in a currency: a row of `Ledger.exposures`.
public struct GuarantorExposure: Sendable, Hashable {
  /// The office where the guarantor stands for consignors.
  public let office: String
  /// The guarantor's code.
  public let guarantor: String
  /// What all of the row's sums are in.
  public let currency: Currency
  /// The most that the guarantor may stand for here, as last granted; `nil` when it has no facility in this
  /// currency.
  public let facility: Money?
  /// Cash held as counter-guarantee.
  public let held: Money
  /// Cash counter-guarantee frozen by a court.
  public let frozen: Money
  /// Letters and policies given.
  public let undertaken: Money
  /// Undertakings called and not yet paid.
  public let called: Money
  /// Held, frozen, undertaken and called together.
  public let exposure: Money
  /// What the facility has left, below zero when it was lowered since; `nil` without facility.
  public let available: Money?
  /// The guarantor's cash in custody that is not committed to any dispute.
  public let funds: Money
}

extension GuarantorExposure: PageableRow {
  static let columns = [
    "office", "guarantor", "currency", "facility", "held", "frozen", "undertaken", "called", "exposure",
    "available", "funds",
  ]
  static let order = ["office", "guarantor", "currency"]

  init(_ row: inout RowReader) throws(LedgerError) {
    office = try row.text()
    guarantor = try row.text()
    currency = try row.code()
    facility = try row.moneyIfAny(in: currency)
    held = try row.money(in: currency)
    frozen = try row.money(in: currency)
    undertaken = try row.money(in: currency)
    called = try row.money(in: currency)
    exposure = try row.money(in: currency)
    available = try row.moneyIfAny(in: currency)
    funds = try row.money(in: currency)
  }

  /// Where the row stands among the others.
  public var bookmark: Bookmark<GuarantorExposure> { Bookmark([office, guarantor, currency.rawValue]) }
}

extension Ledger {
  /// What each guarantor stands for against its facility, sorted by office, guarantor and currency.
  ///
  /// - Parameters:
  ///   - office: Only at this office.
  ///   - guarantor: Only this guarantor.
  ///   - bookmark: Only rows after this one's.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func exposures(
    office: String? = nil, guarantor: String? = nil, after bookmark: Bookmark<GuarantorExposure>? = nil,
    limit: Int? = nil, deadline: Duration? = nil
  ) -> LedgerRows<GuarantorExposure> {
    rows(
      of: "report_exposure", ["office": office, "guarantor": guarantor], after: bookmark, limit: limit,
      deadline: deadline)
  }

  /// What one guarantor stands for at one office in one currency.
  ///
  /// - Parameters:
  ///   - guarantor: The guarantor's code.
  ///   - office: The office where it stands for consignors.
  ///   - currency: What the sums are to be in.
  ///   - deadline: How long the reading may take; `nil` for the ledger's own deadline.
  /// - Returns: `nil` when the guarantor has neither a facility nor accounts there in this currency.
  /// - Throws: `LedgerError`.
  public func exposure(
    of guarantor: String, at office: String, in currency: Currency, deadline: Duration? = nil
  ) async throws(LedgerError) -> GuarantorExposure? {
    let rows = try await exposures(office: office, guarantor: guarantor, deadline: deadline).all()
    return rows.first { $0.currency == currency }
  }
}
