/// What became of one event.
public struct RecordResult: Sendable, Hashable {
  /// What an event may come to.
  public enum Outcome: Sendable, Hashable {
    /// This call recorded it: it is in the journal, with all that follows from it.
    ///
    /// When a connection broke and the event was sent again, what an earlier attempt had recorded counts as
    /// recorded by the call. Should somebody else have sent the same event with the same key at the same time,
    /// both may be told so: it is in the ledger once.
    case recorded
    /// It had been recorded before the call, with the same content; nothing changed.
    case replayed
    /// It waits for a second person.
    case pending
    /// The rules forbid it; nothing changed.
    case refused(LedgerRefusal)
  }

  /// The event's key; empty when it had none.
  public let key: String
  /// What became of it.
  public let outcome: Outcome
  /// Where the event stands in its office's book; `nil` when it is not recorded.
  public let position: EventPosition?

  /// A result as the ledger gives it, for those who stand in for one in their tests.
  public init(key: String, outcome: Outcome, position: EventPosition? = nil) {
    self.key = key
    self.outcome = outcome
    self.position = position
  }

  /// The outcome in one word: `recorded`, `replayed`, `pending` or the refusal's code.
  public var code: String {
    switch outcome {
    case .recorded: "recorded"
    case .replayed: "replayed"
    case .pending: "pending"
    case .refused(let refusal): refusal.code.rawValue
    }
  }

  /// Why the event was refused; `nil` when it was not.
  public var refusal: LedgerRefusal? {
    if case .refused(let refusal) = outcome { refusal } else { nil }
  }
}
