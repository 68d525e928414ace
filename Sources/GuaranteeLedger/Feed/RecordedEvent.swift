/// An event as it stands in the journal, with the entries that it made.
public struct RecordedEvent: Sendable, Hashable {
  /// A step from one stage of a dispute, or state of a lot, to another; both may be the same.
  public struct Transition: Sendable, Hashable {
    /// Where it was.
    public let from: String
    /// Where it is after the event.
    public let to: String
  }

  /// Its office and its number there.
  public let position: EventPosition
  /// What was recorded, as it was given.
  public let event: Event
  /// The dispute that it is of; `nil` when it is of none.
  public let dispute: String?
  /// The step that its dispute made by it; `nil` when it is of none, or takes another event back.
  public let stage: Transition?
  /// The step that its lot made by it; `nil` when it is of none.
  public let lot: Transition?
  /// The key of the event that it takes back; `nil` when it takes none back.
  public let reverses: String?
  /// When it was recorded: never before an event with a lower number in its office.
  public let recordedAt: LedgerTime
  /// The login that recorded it.
  public let recordedBy: String
  /// The login that approved it; `nil` when it needed no approval.
  public let approvedBy: String?
  /// The double entry that it made; empty when it moved no money.
  public internal(set) var entries: [Entry]
}

/// One side of a double entry.
public struct Entry: Sendable, Hashable {
  /// Of an entry: left or right in the books.
  public enum Side: Sendable, Hashable {
    /// Left in the books.
    case debit
    /// Right in the books.
    case credit
  }

  /// The account as people name it, such as `QINGDAO:counter_guarantee_held:QD-1:BANK-A:CNY`.
  public let account: String
  /// The kind of account, as the rules spell it.
  public let role: String
  /// The dispute that the account is of; `nil` when it is of none.
  public let dispute: String?
  /// The guarantor that the account is of; `nil` when it is of none.
  public let guarantor: String?
  /// Whether the account is debited or credited.
  public let side: Side
  /// In the currency's unit, with as many decimals as it has.
  public let amount: Amount
  /// Of `amount` and `balance`, an ISO 4217 code.
  public let currency: String
  /// The account's balance after the entry, on the account's normal side.
  public let balance: Amount
}
