/// One thing that a paper about a recorded event may say.
package struct EventFact: Sendable, Hashable {
  /// How a value is to be shown.
  package enum Kind: String, Sendable {
    case text, date, amount
    /// A code of the rules, of the sort that the fact's name says.
    case code
    /// A text of the rules.
    case said
    /// It is there when it is so.
    case flag
  }

  /// What it is said of: the event, a lot, a sum held, a deadline; or a key near to one that is not there.
  package let part: String
  /// Which of these; `nil` says only that the part may have a fact of this name.
  package let item: String?
  package let name: String
  package let kind: Kind
  /// `nil` where the event has none.
  package let value: String?
}

extension EventFact: ReadableRow {
  static let columns = ["part", "item", "name", "kind", "value"]

  init(_ row: inout RowReader) throws(LedgerError) {
    part = try row.text()
    item = try row.anyText()
    name = try row.text()
    kind = try row.textIfAny().flatMap { Kind(rawValue: $0) } ?? .text
    value = try row.textIfAny()
  }
}

extension Ledger {
  /// All that a paper about an event may say, as it was when the event was recorded; with near keys when no event has
  /// this one.
  package func facts(of key: String) -> LedgerRows<EventFact> {
    rows(of: "event_facts", ["key": key], deadline: nil)
  }
}
