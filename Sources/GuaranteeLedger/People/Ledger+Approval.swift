import PostgresClient

extension Ledger {
  /// Approves events that wait for a second person: a result for each key, in their order.
  ///
  /// Each is judged again as it is now, and recorded once as many have approved it as are needed; until then its
  /// result is `pending`. One that the rules forbid by now is refused and goes on waiting. What somebody else approved
  /// meanwhile is `replayed`. Nobody approves what he proposed: `samePerson`.
  ///
  /// - Parameters:
  ///   - keys: The events' keys.
  ///   - deadline: How long it may take; `nil` for the ledger's own deadline.
  /// - Throws: `notPermitted` when the login is no approver at all; `outcomeUnknown` when the connection was lost:
  ///   approve the same keys again.
  public func approve(
    _ keys: [String], deadline: Duration? = nil
  ) async throws(LedgerError) -> [RecordResult] {
    try await decide("approve($1::jsonb)", [keys.jsonArray], deadline).map(RecordResult.init(decided:))
  }

  /// Refuses events that wait for a second person, or takes them back when the login proposed them: a result for
  /// each key, in their order. They are kept among the attempts with the reason, and their keys are free again.
  ///
  /// - Parameters:
  ///   - keys: The events' keys.
  ///   - reason: Why; it can't be empty.
  ///   - deadline: How long it may take; `nil` for the ledger's own deadline.
  public func refuse(
    _ keys: [String], because reason: String, deadline: Duration? = nil
  ) async throws(LedgerError) -> [PendingRefusal] {
    try await decide("refuse($1::jsonb, $2)", [keys.jsonArray, reason], deadline).map { row in
      let result = RecordResult(decided: row)
      let isDone = result.refusal?.code == .refused
      return PendingRefusal(key: result.key, obstacle: isDone ? nil : result.refusal)
    }
  }

  private func decide(
    _ call: String, _ parameters: [String?], _ deadline: Duration?
  ) async throws(LedgerError) -> [PostgresRow] {
    let sql =
      #"select key, result, message, detail, office, sequence from guarantee_api.\#(call) order by "position""#
    do {
      let end = ContinuousClock.now + (deadline ?? configuration.deadline)
      return try await withConnection(by: end) {
        try await $0.query(sql, parameters, prepared: true, deadline: end.left).rows
      }
    } catch {
      throw LedgerError(any: error)
    }
  }
}

/// What became of an event that was to be refused while it waited.
public struct PendingRefusal: Sendable, Hashable {
  /// The event's key.
  public let key: String
  /// Why it could not be refused; `nil` when it was.
  public let obstacle: LedgerRefusal?
}
