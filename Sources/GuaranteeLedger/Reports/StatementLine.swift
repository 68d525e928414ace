/// An entry on an account with the balance after it: a row of `Ledger.statement`.
public struct StatementLine: Sendable, Hashable {
  /// The event's legal or value date.
  public let on: LedgerDate
  /// The event's key; empty for a balance.
  public let key: String
  /// What happened; `opening_balance` and `closing_balance` in the statement of a period.
  public let event: EventName
  /// The account's name, such as `QINGDAO:counter_guarantee_held:QD-1:BANK-A:CNY`.
  public let account: String
  /// The number of the document behind the event; `nil` when it has none.
  public let reference: String?
  /// What was debited; `nil` for a credit.
  public let debit: Money?
  /// What was credited; `nil` for a debit.
  public let credit: Money?
  /// The account's balance on its normal side after the entry, by date: entries that were dated late may make it
  /// less than nothing at a day.
  public let balance: Money
}

extension StatementLine: ReadableRow {
  static let columns = ["on", "key", "event", "account", "reference", "debit", "credit", "balance"]

  init(_ row: inout RowReader) throws(LedgerError) {
    on = try row.date()
    key = try row.text()
    event = try row.code()
    account = try row.text()
    reference = try row.textIfAny()
    let currency = Currency(ofAccount: account)
    debit = try row.moneyIfAny(in: currency)
    credit = try row.moneyIfAny(in: currency)
    balance = try row.money(in: currency)
  }
}

/// What a statement is of.
public enum StatementSubject: Sendable, Hashable {
  /// One account by its name, such as `HARBIN:bank:CNY`.
  case account(String)
  /// All accounts of a dispute.
  case dispute(String)
  /// All accounts of a guarantor, at every office.
  case guarantor(String)

  fileprivate var argument: KeyValuePairs<String, String?> {
    switch self {
    case .account(let name): ["account": name]
    case .dispute(let number): ["dispute": number]
    case .guarantor(let code): ["guarantor": code]
    }
  }
}

extension Ledger {
  /// The entries of an account, a dispute or a guarantor by date, with each account's balance after them.
  ///
  /// - Parameters:
  ///   - subject: What the statement is of.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func statement(
    of subject: StatementSubject, limit: Int? = nil, deadline: Duration? = nil
  ) -> LedgerRows<StatementLine> {
    rows(of: "report_statement", subject.argument, limit: limit, deadline: deadline)
  }

  /// The entries of an account, a dispute or a guarantor in a period by date: first what each account had before, as
  /// `opening_balance`, last what it had in the end, as `closing_balance`, both without key.
  ///
  /// - Parameters:
  ///   - subject: What the statement is of.
  ///   - first: The period's first day; `nil` from the beginning, and then there is no opening balance.
  ///   - last: The period's last day; `nil` to the end, and then the closing balance is today's.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func statement(
    of subject: StatementSubject, from first: LedgerDate?, to last: LedgerDate?, limit: Int? = nil,
    deadline: Duration? = nil
  ) -> LedgerRows<StatementLine> {
    rows(
      of: "report_period_statement", subject.argument,
      ["from_date": first?.description, "to_date": last?.description], limit: limit, deadline: deadline)
  }
}
