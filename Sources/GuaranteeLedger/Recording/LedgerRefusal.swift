/// An event that the rules refuse; the ledger is as it was, and the event's key is free.
public struct LedgerRefusal: Error, Sendable, Hashable {
  /// The rule that was broken.
  public let code: RefusalCode
  /// The refused event's key.
  public let key: String
  /// One sentence with the values that broke the rule and what to do next.
  public let message: String
  /// The field that the refusal turns on; `nil` when it is no single one.
  public let field: String?
  /// What the event asked for; `nil` when the rule compares nothing.
  public let asked: String?
  /// What was there instead; `nil` when the rule compares nothing.
  public let there: String?

  /// A refusal as the ledger gives it, for those who stand in for one in their tests.
  public init(
    code: RefusalCode, key: String, message: String, field: String? = nil, asked: String? = nil,
    there: String? = nil
  ) {
    self.code = code
    self.key = key
    self.message = message
    self.field = field
    self.asked = asked
    self.there = there
  }
}

extension LedgerRefusal: CustomStringConvertible {
  public var description: String { "\(key): \(code): \(message)" }
}
