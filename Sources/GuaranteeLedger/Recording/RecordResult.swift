/// What became of one event.
public struct RecordResult: Sendable, Hashable {
  public enum Outcome: Sendable, Hashable {
    case recorded
    /// It had been recorded before with the same content; nothing changed.
    case replayed
    /// It waits for a second person.
    case pending
    case refused(LedgerRefusal)
  }

  /// The event's key; empty when it had none.
  public let key: String
  public let outcome: Outcome
  /// Where the event stands in its office's book; `nil` when it is not recorded.
  public let position: EventPosition?

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

/// Where an event stands: events of an office are numbered from 1 without gaps, in the order of their commits.
public struct EventPosition: Sendable, Hashable {
  /// The office whose book it is; empty for what belongs to no office, such as parties.
  public let office: String
  public let sequence: Int64

  public init(office: String, sequence: Int64) {
    self.office = office
    self.sequence = sequence
  }
}
