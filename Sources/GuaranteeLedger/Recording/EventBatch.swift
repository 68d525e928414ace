/// Events gathered for one call: the JSON text that the database takes.
package struct EventBatch: Sendable {
  package private(set) var count = 0

  package init() {}

  package mutating func append(_ event: Event) { count += 1 }

  package mutating func append(_ row: EventRow) { count += 1 }
}
