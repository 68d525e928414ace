/// An account with its balance: a row of `Ledger.balances`.
public struct AccountBalance: Sendable, Hashable {
  /// The account's name, such as `QINGDAO:counter_guarantee_held:QD-1:BANK-A:CNY`.
  public let account: String
  /// The office that the account is of.
  public let office: String
  /// What the account is for.
  public let role: AccountRole
  /// The dispute that the account is kept for; `nil` when it is of none.
  public let dispute: String?
  /// The guarantor that the account is kept for; `nil` when it is of none.
  public let guarantor: String?
  /// What the account is in.
  public let currency: Currency
  /// The balance on the account's normal side, never below zero.
  public let balance: Money
}

extension AccountBalance: PageableRow {
  static let columns = ["account", "office", "role", "dispute", "guarantor", "currency", "balance"]
  static let order = ["account", "office", "role", "dispute", "guarantor", "currency"]

  init(_ row: inout RowReader) throws(LedgerError) {
    account = try row.text()
    office = try row.text()
    role = try row.code()
    dispute = try row.textIfAny()
    guarantor = try row.textIfAny()
    currency = try row.code()
    balance = try row.money(in: currency)
  }

  /// Where the row stands among the others.
  public var bookmark: Bookmark<AccountBalance> {
    Bookmark([account, office, role.rawValue, dispute ?? "", guarantor ?? "", currency.rawValue])
  }
}

extension Ledger {
  /// The balance of each account, sorted by the accounts' names.
  ///
  /// - Parameters:
  ///   - office: Only accounts of this office.
  ///   - dispute: Only accounts of this dispute.
  ///   - guarantor: Only accounts of this guarantor.
  ///   - includingZero: Whether accounts with nothing on them come too.
  ///   - bookmark: Only rows after this one's.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func balances(
    office: String? = nil, dispute: String? = nil, guarantor: String? = nil, includingZero: Bool = false,
    after bookmark: Bookmark<AccountBalance>? = nil, limit: Int? = nil, deadline: Duration? = nil
  ) -> LedgerRows<AccountBalance> {
    rows(
      of: "report_balances",
      [
        "office": office, "dispute": dispute, "guarantor": guarantor, "zero": includingZero ? "true" : nil,
      ], after: bookmark, limit: limit, deadline: deadline)
  }
}
