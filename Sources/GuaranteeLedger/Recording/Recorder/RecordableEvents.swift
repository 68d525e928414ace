/// The events of one call, as far as the recorder looks at them.
protocol RecordableEvents: Sendable {
  var count: Int { get }
  func key(at position: Int) -> String
  /// What the event says of where it belongs.
  func home(at position: Int) -> EventHome
  /// Writes the events at the positions behind those that the batch has.
  func append(_ positions: Range<Int>, to batch: inout EventBatch)
}

extension RecordableEvents {
  /// What is known of them when nothing was sent.
  var notRecorded: [EventStatus] {
    (0..<count).map { EventStatus(key: key(at: $0), state: .notRecorded) }
  }
}

/// The office and the dispute that an event names; `nil` when it names none.
struct EventHome: Sendable, Hashable {
  var office: String?
  var dispute: String?
}

extension Array: RecordableEvents where Element: BatchableEvent {
  func key(at position: Int) -> String { self[position].key }

  func home(at position: Int) -> EventHome {
    EventHome(office: self[position].given("office"), dispute: self[position].given("dispute"))
  }

  func append(_ positions: Range<Int>, to batch: inout EventBatch) {
    for event in self[positions] { event.append(to: &batch) }
  }
}

extension BatchableEvent {
  /// The value of a field; `nil` when it is not given or empty, which is the same.
  fileprivate func given(_ field: String) -> String? {
    guard let value = self[field], !value.isEmpty else { return nil }
    return value
  }
}
