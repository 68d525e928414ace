/// Something that happened, as text: the form in which files bring events and the ledger takes them.
///
/// Nothing here is checked; the ledger refuses what is wrong and says why. The typed events, such as
/// `OpenDispute`, cannot leave out what they require.
public struct Event: Sendable, Hashable {
  /// The caller's idempotency key, 1 to 64 printable characters; empty when it was not given.
  public var key: String
  /// Legal or value date as `YYYY-MM-DD`; empty when it was not given.
  public var on: String
  /// What happened, as the rules spell it; empty when it was not given.
  public var name: String
  /// The event's own fields; one that is absent or empty was not given.
  public var fields: [String: String]

  /// Takes whatever is given; the ledger looks at it when the event is recorded.
  public init(key: String, on: String, name: String, fields: [String: String] = [:]) {
    self.key = key
    self.on = on
    self.name = name
    self.fields = fields
  }

  init(key: String, on: String, name: String, given: [(field: String, value: String?)]) {
    var fields: [String: String] = [:]
    for (field, value) in given { fields[field] = value }
    self.init(key: key, on: on, name: name, fields: fields)
  }

  /// Sorts out members of which `key`, `on` and `event` are fields of every event.
  init(members: [String: String]) {
    let fields = members.filter { !["key", "on", "event"].contains($0.key) && !$0.value.isEmpty }
    self.init(
      key: members["key"] ?? "", on: members["on"] ?? "", name: members["event"] ?? "", fields: fields)
  }
}

/// An event with a type of its own; the types are written from the rules when the program is built.
public protocol LedgerEvent: Sendable {
  /// What happened, as the rules name it.
  static var eventName: EventName { get }

  /// The caller's idempotency key: 1 to 64 printable characters.
  var key: String { get set }

  /// Legal or value date.
  var on: LedgerDate { get set }

  /// The event as text.
  var event: Event { get }
}
