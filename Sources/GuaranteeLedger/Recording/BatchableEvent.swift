/// An event in one of its forms, as far as it matters for a batch.
package protocol BatchableEvent: Sendable {
  var key: String { get }
  /// The value of a field; `nil` or empty when it is not given.
  subscript(field: String) -> String? { get }
  func append(to batch: inout EventBatch)
}

extension EventRow: BatchableEvent {
  package func append(to batch: inout EventBatch) { batch.append(self) }
}

extension Event: BatchableEvent {
  package subscript(field: String) -> String? { fields[field] }
  package func append(to batch: inout EventBatch) { batch.append(self) }
}
