import PostgresClient

/// A value that a field of an event could have by what is there.
package struct FieldChoice: Sendable, Hashable {
  package let value: String
  /// What tells it from others, for people; may be empty.
  package let meaning: String

  package init(value: String, meaning: String) {
    self.value = value
    self.meaning = meaning
  }
}

/// What somebody is told who writes an event field by field: asked of the database, whose rules they are.
extension Ledger {
  /// The codes and values that a field could have; none where anything may be written.
  ///
  /// - Parameter given: The event's other fields, as far as they are known.
  package func choices(
    for field: String, of event: String, given: [String: String]
  ) async throws(LedgerError) -> [FieldChoice] {
    let reading = Reading(
      "choices", columns: ["value", "meaning"],
      ["event": event, "field": field, "given": given.jsonObject])
    return try await query(reading).rows.map { FieldChoice(value: $0[0] ?? "", meaning: $0[1] ?? "") }
  }

  /// Whether nothing was recorded yet.
  package func isNew() async throws(LedgerError) -> Bool {
    try await query(Reading("report_journal").page(Page(limit: 1))).rows.isEmpty
  }

  /// What recording would say of a value that the field can't have, such as a code that is not there; `nil` when it can.
  ///
  /// - Parameter given: The event's other fields, as far as they are known.
  package func problem(
    with value: String, for field: String, of event: String, given: [String: String]
  ) async throws(LedgerError) -> String? {
    try await query(
      Reading("field_problem", ["event": event, "field": field, "value": value, "given": given.jsonObject])
    ).value
  }

  /// What the field probably is, by what lacks and what was written last; `nil` where nothing says.
  package func likelyValue(
    for field: String, of event: String, given: [String: String]
  ) async throws(LedgerError) -> String? {
    try await query(
      Reading("likely_value", ["event": event, "field": field, "given": given.jsonObject])
    ).value
  }

  /// What the event's amount is measured by, a line each.
  package func needs(of event: String, given: [String: String]) async throws(LedgerError) -> [String] {
    let reading = Reading(
      "what_is_needed", columns: ["line"], ["event": event, "given": given.jsonObject])
    return try await query(reading).rows.compactMap { $0[0] }
  }

  /// Reads what recorded events did to balances, stages, lots and deadlines.
  package func preview(
    of keys: [String], columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    try await read(Reading("preview", ["keys": keys.jsonArray]), columns: columns, row: row)
  }
}
