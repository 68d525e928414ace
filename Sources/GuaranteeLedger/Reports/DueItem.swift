/// Something that runs out, has passed, or is expected: a row of `Ledger.due`.
public struct DueItem: Sendable, Hashable {
  /// What a due item is about.
  public enum Matter: Sendable, Hashable {
    /// A statutory period, or the end of an undertaking.
    case deadline(DeadlineName)
    /// Money that a guarantor or a consignor still owes, by the account that it stands on.
    case money(AccountRole)
  }

  /// The last day; `nil` for money, which has none, and while the working days of a year are not known.
  public let dueOn: LedgerDate?
  /// The office that keeps the dispute's money.
  public let office: String
  /// The dispute's number.
  public let dispute: String
  /// What it is about.
  public let what: Matter
  /// How it stands with it: it runs, has passed, or is expected.
  public let state: DueState
  /// How many working days are left; `nil` unless a period runs and they are known.
  public let workingDaysLeft: Int?
  /// Whose undertaking ends, or who owes or is owed the money; `nil` for a statutory period.
  public let guarantor: String?
  /// What the amount is in; `nil` without amount.
  public let currency: Currency?
  /// The money that is expected; `nil` for a deadline.
  public let amount: Money?
}

extension DueItem: ReadableRow {
  static let columns = [
    "due_on", "office", "dispute", "what", "state", "working_days_left", "guarantor", "currency", "amount",
  ]

  init(_ row: inout RowReader) throws(LedgerError) {
    dueOn = try row.dateIfAny()
    office = try row.text()
    dispute = try row.text()
    let what = try row.text()
    state = try row.code()
    self.what =
      state == .expected ? .money(AccountRole(rawValue: what)) : .deadline(DeadlineName(rawValue: what))
    workingDaysLeft = try row.integerIfAny()
    guarantor = try row.textIfAny()
    currency = try row.codeIfAny()
    amount = try row.moneyIfAny(in: currency ?? Currency(rawValue: ""))
  }
}

extension Ledger {
  /// Deadlines and undertakings that run out within so many days or have passed, and money that is expected,
  /// sorted by date.
  ///
  /// - Parameters:
  ///   - days: How many days to look ahead from today.
  ///   - office: Only of this office's disputes.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func due(
    withinDays days: Int = 30, office: String? = nil, limit: Int? = nil, deadline: Duration? = nil
  ) -> LedgerRows<DueItem> {
    rows(of: "due", ["within": String(days), "office": office], limit: limit, deadline: deadline)
  }
}
