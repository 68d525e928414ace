/// An event that waits for a second person: a row of `Ledger.pending`.
public struct PendingEvent: Sendable, Hashable {
  /// The event's key.
  public let key: String
  /// The office that it is for; `nil` when it is the register's.
  public let office: String?
  /// The event's legal or value date.
  public let on: LedgerDate
  /// What is to be recorded.
  public let event: EventName
  /// The dispute that it is about; `nil` when it is about none.
  public let dispute: String?
  /// The guarantor that it names; `nil` when it names none.
  public let guarantor: String?
  /// What it moves; `nil` when it moves no money.
  public let amount: Money?
  /// The document that orders it; `nil` when it names none.
  public let reference: String?
  /// When it was proposed, by the server's clock.
  public let proposedAt: LedgerTime
  /// The database login that proposed it, and can't approve it.
  public let proposedBy: String
  /// The logins that have approved it, in their order with commas between; `nil` when none has.
  public let approvedBy: String?
  /// How many have approved it.
  public let approvals: Int
  /// How many have to.
  public let needed: Int
  /// The event as it was proposed: JSON.
  public let fields: String
}

extension PendingEvent: PageableRow {
  static let columns = [
    "key", "office", "on", "event", "dispute", "guarantor", "currency", "amount", "reference", "proposed_at",
    "proposed_by", "approved_by", "approvals", "needed", "fields",
  ]
  static let order = ["key"]

  init(_ row: inout RowReader) throws(LedgerError) {
    key = try row.text()
    office = try row.textIfAny()
    on = try row.date()
    event = try row.code()
    dispute = try row.textIfAny()
    guarantor = try row.textIfAny()
    let currency: Currency? = try row.codeIfAny()
    amount = try row.moneyIfAny(in: currency ?? Currency(rawValue: ""))
    reference = try row.textIfAny()
    proposedAt = try row.time()
    proposedBy = try row.text()
    approvedBy = try row.textIfAny()
    approvals = try row.integer()
    needed = try row.integer()
    fields = try row.text()
  }

  /// Where the row stands among the others.
  public var bookmark: Bookmark<PendingEvent> { Bookmark([key]) }
}

extension Ledger {
  /// What waits for a second person at the offices that the login may read, sorted by key.
  ///
  /// It is in no journal and reserves no money: what it needs may be gone when it is approved.
  ///
  /// - Parameters:
  ///   - office: Only of this office; empty: the register's.
  ///   - bookmark: Only rows after this one's.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func pending(
    office: String? = nil, after bookmark: Bookmark<PendingEvent>? = nil, limit: Int? = nil,
    deadline: Duration? = nil
  ) -> LedgerRows<PendingEvent> {
    rows(of: "report_pending", ["office": office], after: bookmark, limit: limit, deadline: deadline)
  }
}
