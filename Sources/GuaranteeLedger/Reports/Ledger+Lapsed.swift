import PostgresClient

extension Ledger {
  /// The events that record what has lapsed by now, ready to be recorded. The same event has the same key on the same day,
  /// whoever asks.
  ///
  /// - Parameters:
  ///   - office: Only of this office's disputes.
  ///   - deadline: How long the reading may take; `nil` for the ledger's own deadline.
  /// - Throws: `LedgerError`.
  public func lapsed(
    office: String? = nil, deadline: Duration? = nil
  ) async throws(LedgerError) -> [Event] {
    let reading = Reading("lapsed", columns: ["event"], ["office": office])
    let result = try await query(reading, deadline: deadline)
    return try result.rows.map { row throws(LedgerError) in
      guard let json = row[0], let members = try? JSONObject.members(of: json) else {
        throw LedgerError(.database, "The database gave an event that is none.")
      }
      return Event(members: members)
    }
  }
}
