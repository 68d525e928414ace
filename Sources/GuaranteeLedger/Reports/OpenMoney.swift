/// Money in custody that nobody has come for, by days since it was put there: a row of `Ledger.unclaimed`.
public struct UnclaimedMoney: Sendable, Hashable {
  /// The office that keeps it.
  public let office: String
  /// The kind of account that it lies on.
  public let role: AccountRole
  /// The dispute that it is of; `nil` when it is of none.
  public let dispute: String?
  /// What all of the row's sums are in.
  public let currency: Currency
  /// Put there in the last 30 days.
  public let days0to30: Money
  /// Put there 31 to 90 days ago.
  public let days31to90: Money
  /// Put there 91 to 180 days ago.
  public let days91to180: Money
  /// Put there 181 to 365 days ago.
  public let days181to365: Money
  /// Put there more than 365 days ago.
  public let over365: Money
}

extension UnclaimedMoney: ReadableRow {
  static let columns = ["office", "role", "dispute", "currency"] + RowReader.ageColumns

  init(_ row: inout RowReader) throws(LedgerError) {
    office = try row.text()
    role = try row.code()
    dispute = try row.textIfAny()
    currency = try row.code()
    (days0to30, days31to90, days91to180, days181to365, over365) = try row.moneyByAge(in: currency)
  }
}

/// What a guarantor may claim back from a consignor, by days since it was claimed: a row of `Ledger.recourse`.
public struct RecourseAgeing: Sendable, Hashable {
  /// The office where it is claimed.
  public let office: String
  /// The guarantor that claims it.
  public let guarantor: String
  /// The dispute for which the guarantor paid.
  public let dispute: String
  /// What all of the row's sums are in.
  public let currency: Currency
  /// Claimed in the last 30 days.
  public let days0to30: Money
  /// Claimed 31 to 90 days ago.
  public let days31to90: Money
  /// Claimed 91 to 180 days ago.
  public let days91to180: Money
  /// Claimed 181 to 365 days ago.
  public let days181to365: Money
  /// Claimed more than 365 days ago.
  public let over365: Money
}

extension RecourseAgeing: ReadableRow {
  static let columns = ["office", "guarantor", "dispute", "currency"] + RowReader.ageColumns

  init(_ row: inout RowReader) throws(LedgerError) {
    office = try row.text()
    guarantor = try row.text()
    dispute = try row.text()
    currency = try row.code()
    (days0to30, days31to90, days91to180, days181to365, over365) = try row.moneyByAge(in: currency)
  }
}

extension Ledger {
  /// What lies in custody for people who have not come for it, or of whom nothing is known, by age, sorted by office,
  /// role, dispute and currency.
  ///
  /// - Parameters:
  ///   - office: Only at this office.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func unclaimed(office: String? = nil, deadline: Duration? = nil) -> LedgerRows<UnclaimedMoney> {
    rows(of: "report_unclaimed", ["office": office], deadline: deadline)
  }

  /// What guarantors claim back from consignors and have not been paid, by age, sorted by office, guarantor, dispute
  /// and currency.
  ///
  /// - Parameters:
  ///   - office: Only at this office.
  ///   - guarantor: Only claims of this guarantor.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func recourse(
    office: String? = nil, guarantor: String? = nil, deadline: Duration? = nil
  ) -> LedgerRows<RecourseAgeing> {
    rows(of: "report_recourse", ["office": office, "guarantor": guarantor], deadline: deadline)
  }
}
