/// Calls that a guarantor has not paid, by days since they were called: a row of `Ledger.ageing`.
public struct CallAgeing: Sendable, Hashable {
  /// The office that called.
  public let office: String
  /// The guarantor's code.
  public let guarantor: String
  /// What all of the row's sums are in.
  public let currency: Currency
  /// Called in the last 30 days.
  public let days0to30: Money
  /// Called 31 to 90 days ago.
  public let days31to90: Money
  /// Called 91 to 180 days ago.
  public let days91to180: Money
  /// Called 181 to 365 days ago.
  public let days181to365: Money
  /// Called more than 365 days ago.
  public let over365: Money
}

extension CallAgeing: ReadableRow {
  static let columns = ["office", "guarantor", "currency"] + RowReader.ageColumns

  init(_ row: inout RowReader) throws(LedgerError) {
    office = try row.text()
    guarantor = try row.text()
    currency = try row.code()
    (days0to30, days31to90, days91to180, days181to365, over365) = try row.moneyByAge(in: currency)
  }
}

extension Ledger {
  /// What guarantors were called for and have not paid, by age, sorted by office, guarantor and currency.
  ///
  /// - Parameters:
  ///   - office: Only calls of this office.
  ///   - guarantor: Only calls on this guarantor.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func ageing(
    office: String? = nil, guarantor: String? = nil, deadline: Duration? = nil
  ) -> LedgerRows<CallAgeing> {
    rows(of: "report_ageing", ["office": office, "guarantor": guarantor], deadline: deadline)
  }
}
