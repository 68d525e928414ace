/// An event that may happen to a dispute at its stage: a row of `Ledger.nextSteps`.
public struct NextStep: Sendable, Hashable {
  /// What may happen.
  public let event: EventName
  /// The lot that it would be about; `nil` when it is about none.
  public let lot: String?
  /// The guarantor that it would be about; `nil` when it is about none, or nobody stands for the consignor yet.
  public let guarantor: String?
  /// What it would be done with; `nil` unless the event turns on it.
  public let instrument: Instrument?
  /// What the dispute is in.
  public let currency: Currency
  /// The most that it could move, by what the accounts hold that it takes from; `nil` when they don't limit it.
  public let atMost: Money?
  /// The code of what it would be refused for today; `nil` when nothing that is known now stands against it.
  public let lacks: RefusalCode?
  /// That refusal in a sentence; `nil` without one.
  public let reason: String?
}

extension NextStep: ReadableRow {
  static let columns = [
    "event", "lot", "guarantor", "instrument", "currency", "at_most", "lacks", "reason",
  ]

  init(_ row: inout RowReader) throws(LedgerError) {
    event = try row.code()
    lot = try row.textIfAny()
    guarantor = try row.textIfAny()
    instrument = try row.codeIfAny()
    currency = try row.code()
    atMost = try row.moneyIfAny(in: currency)
    lacks = try row.codeIfAny()
    reason = try row.textIfAny()
  }
}

extension Ledger {
  /// What may happen to a dispute today, and what the other steps from its stage still lack: each is put to the same
  /// judge as an event that is recorded, with the least amount. No rows when there is no such dispute.
  ///
  /// - Parameters:
  ///   - dispute: The dispute's number.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func nextSteps(of dispute: String, deadline: Duration? = nil) -> LedgerRows<NextStep> {
    rows(of: "next_steps", ["dispute": dispute], deadline: deadline)
  }
}
