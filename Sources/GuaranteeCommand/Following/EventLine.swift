import GuaranteeLedger

/// A recorded event as a line of JSON.
enum EventLine {
  /// - Parameter position: Where following goes on after the event.
  static func text(_ event: RecordedEvent, position: FeedPosition) -> String {
    var members: [(String, String?)] = [
      ("office", JSONText.quoted(event.position.office)), ("sequence", String(event.position.sequence)),
      ("key", JSONText.quoted(event.event.key)), ("on", JSONText.quoted(event.event.on)),
      ("event", JSONText.quoted(event.event.name)), ("fields", fields(of: event.event)),
    ]
    members += [
      ("dispute", event.dispute), ("stage_from", event.stage?.from?.rawValue),
      ("stage_to", event.stage?.to.rawValue), ("lot_from", event.lot?.from?.rawValue),
      ("lot_to", event.lot?.to.rawValue), ("reverses", event.reverses),
      ("recorded_at", event.recordedAt.description), ("recorded_by", event.recordedBy),
      ("approved_by", event.approvedBy),
    ].map { ($0, $1.map(JSONText.quoted)) }
    members += [
      ("entries", "[" + event.entries.map(text).joined(separator: ",") + "]"),
      ("position", JSONText.quoted(position.description)),
    ]
    return object(members) + "\n"
  }

  /// The fields in the order of their names, so that the same event is always the same text.
  private static func fields(of event: Event) -> String {
    object(event.fields.sorted { $0.key < $1.key }.map { ($0.key, JSONText.quoted($0.value)) })
  }

  private static func text(_ entry: Entry) -> String {
    object(
      [
        ("account", entry.account), ("role", entry.role.rawValue), ("dispute", entry.dispute),
        ("guarantor", entry.guarantor), (entry.side.rawValue, entry.amount.text),
        ("currency", entry.amount.currency.rawValue), ("balance", entry.balance.text),
      ].map { ($0, $1.map(JSONText.quoted)) })
  }

  /// An object of members whose values are JSON already; one without value is left out.
  private static func object(_ members: [(name: String, value: String?)]) -> String {
    let pairs = members.compactMap { name, value in value.map { JSONText.quoted(name) + ":" + $0 } }
    return "{" + pairs.joined(separator: ",") + "}"
  }
}
