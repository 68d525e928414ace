/// An event as it stands in the journal, with the entries that it made.
public struct RecordedEvent: Sendable, Hashable {
  /// A step from one stage of a dispute, or state of a lot, to another; both may be the same.
  public struct Transition<State: LedgerCode>: Sendable, Hashable {
    /// Where it was; `nil` when the dispute or the lot began by the event.
    public let from: State?
    /// Where it is after the event.
    public let to: State
  }

  /// Its office and its number there.
  public let position: EventPosition
  /// What was recorded, as text, as it was given.
  public let event: Event
  /// What happened.
  public var name: EventName { EventName(rawValue: event.name) }
  /// Legal or value date.
  public let on: LedgerDate
  /// The dispute that it is of; `nil` when it is of none.
  public let dispute: String?
  /// The step that its dispute made by it; `nil` when it is of none, or takes another event back.
  public let stage: Transition<DisputeStage>?
  /// The step that its lot made by it; `nil` when it is of none.
  public let lot: Transition<LotState>?
  /// The key of the event that it takes back; `nil` when it takes none back.
  public let reverses: String?
  /// When it was recorded, by the server's clock: never before an event with a lower number in its office.
  public let recordedAt: LedgerTime
  /// The database login that recorded it.
  public let recordedBy: String
  /// The database login that approved it; `nil` when it needed no approval.
  public let approvedBy: String?
  /// The beginning of its hash, in hexadecimal digits.
  let mark: String
  /// The double entry that it made; empty when it moved no money.
  public internal(set) var entries: [Entry]
}

/// One side of a double entry.
public struct Entry: Sendable, Hashable {
  /// Of an entry: left or right in the books.
  public enum Side: String, Sendable, Hashable {
    /// Left in the books.
    case debit
    /// Right in the books.
    case credit
  }

  /// The account as people name it, such as `QINGDAO:counter_guarantee_held:QD-1:BANK-A:CNY`.
  public let account: String
  /// What the account is for.
  public let role: AccountRole
  /// The dispute that the account is of; `nil` when it is of none.
  public let dispute: String?
  /// The guarantor that the account is of; `nil` when it is of none.
  public let guarantor: String?
  /// Whether the account is debited or credited.
  public let side: Side
  /// What was debited or credited, more than nothing.
  public let amount: Money
  /// The account's balance on its normal side after the entry.
  public let balance: Money
}
