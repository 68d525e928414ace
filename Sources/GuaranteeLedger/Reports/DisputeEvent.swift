/// Something that happened in a dispute: a row of `Ledger.history`.
public struct DisputeEvent: Sendable, Hashable {
  /// Legal or value date.
  public let on: LedgerDate
  /// The event's key.
  public let key: String
  /// What happened.
  public let event: EventName
  /// The stage to which it brought the dispute, or left it at; `nil` for a reversal, which changes none.
  public let stage: DisputeStage?
  /// The lot that it was about; `nil` when it was about none.
  public let lot: String?
  /// The guarantor that it was about; `nil` when it was about none.
  public let guarantor: String?
  /// What the dispute is in.
  public let currency: Currency
  /// The event's amount; `nil` when it has none.
  public let amount: Money?
  /// The number of the document behind it; `nil` when it has none.
  public let reference: String?
  /// When it was recorded, by the server's clock.
  public let recordedAt: LedgerTime
  /// The database login that recorded it.
  public let recordedBy: String
  /// Its number in the office's journal.
  public let sequence: Int64
}

extension DisputeEvent: PageableRow {
  static let columns = [
    "on", "key", "event", "stage", "lot", "guarantor", "currency", "amount", "reference", "recorded_at",
    "recorded_by", "sequence",
  ]
  static let order = ["sequence"]

  init(_ row: inout RowReader) throws(LedgerError) {
    on = try row.date()
    key = try row.text()
    event = try row.code()
    stage = try row.codeIfAny()
    lot = try row.textIfAny()
    guarantor = try row.textIfAny()
    currency = try row.code()
    amount = try row.moneyIfAny(in: currency)
    reference = try row.textIfAny()
    recordedAt = try row.time()
    recordedBy = try row.text()
    sequence = try row.integer()
  }

  /// Where the row stands among the others.
  public var bookmark: Bookmark<DisputeEvent> { Bookmark([String(sequence)]) }
}

extension Ledger {
  /// What happened in a dispute, in the order in which it was recorded; no rows when there is no such dispute.
  ///
  /// - Parameters:
  ///   - dispute: The dispute's number.
  ///   - bookmark: Only rows after this one's.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func history(
    of dispute: String, after bookmark: Bookmark<DisputeEvent>? = nil, limit: Int? = nil,
    deadline: Duration? = nil
  ) -> LedgerRows<DisputeEvent> {
    rows(of: "dispute_history", ["dispute": dispute], after: bookmark, limit: limit, deadline: deadline)
  }
}
