/// A line of the proof that the money in custody is all there: a row of `Ledger.segregation`.
public struct SegregationLine: Sendable, Hashable {
  /// What a line says.
  public enum Line: String, Sendable, Hashable {
    /// What the custody bank account holds.
    case bank
    /// What is owed to somebody out of it.
    case claim
    /// What all claims come to.
    case claims
    /// The bank's balance less the claims: nothing, when nobody's money is missing.
    case difference
  }

  /// The office that keeps the money.
  public let office: String
  /// What the amounts are in.
  public let currency: Currency
  /// What the line says.
  public let line: Line
  /// The kind of account; `nil` in totals.
  public let role: AccountRole?
  /// The dispute that the money is kept for; `nil` when it is kept for none, and in totals.
  public let dispute: String?
  /// The guarantor that the account is kept for; `nil` when there is none, and in totals.
  public let guarantor: String?
  /// Whose money it is; `nil` when nobody knows yet, or when it is owed for costs, and in totals.
  public let depositor: String?
  /// The amount.
  public let amount: Money
}

extension SegregationLine: ReadableRow {
  static let columns = ["office", "currency", "line", "role", "dispute", "guarantor", "depositor", "amount"]

  init(_ row: inout RowReader) throws(LedgerError) {
    office = try row.text()
    currency = try row.code()
    guard let line = Line(rawValue: try row.text()) else {
      throw LedgerError(.database, "The database gave a line that this program does not know.")
    }
    self.line = line
    role = try row.codeIfAny()
    dispute = try row.textIfAny()
    guarantor = try row.textIfAny()
    depositor = try row.textIfAny()
    amount = try row.money(in: currency)
  }
}

extension Ledger {
  /// The custody bank account of each office and currency against every claim on it, sorted by office and currency:
  /// the bank's balance, the claims one by one, what they come to, and the difference, which is nothing.
  ///
  /// - Parameters:
  ///   - office: Only this office.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func segregation(office: String? = nil, deadline: Duration? = nil) -> LedgerRows<SegregationLine> {
    rows(of: "report_segregation", ["office": office], deadline: deadline)
  }
}
