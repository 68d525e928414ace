/// An event that stands, for a list of those of a period.
package struct EventInPeriod: Sendable, Hashable {
  package let event: String
  package let key: String
  package let on: LedgerDate
  package let office: String
  /// `nil` when it is about no dispute.
  package let dispute: String?
}

extension EventInPeriod: ReadableRow {
  static let columns = ["event", "key", "on", "office", "dispute"]

  init(_ row: inout RowReader) throws(LedgerError) {
    event = try row.text()
    key = try row.text()
    on = try row.date()
    office = try row.text()
    dispute = try row.textIfAny()
  }
}

extension Ledger {
  /// The events of these names that are dated within a period and were not reversed, by date.
  package func events(
    named names: Set<String>, from first: String?, to last: String?, office: String?
  ) -> LedgerRows<EventInPeriod> {
    rows(
      of: "events_in_period",
      [
        "events": names.sorted().joined(separator: " "), "from_date": first, "to_date": last,
        "office": office,
      ],
      deadline: nil)
  }
}
