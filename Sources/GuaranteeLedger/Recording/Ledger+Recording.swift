import PostgresClient

extension Ledger {
  /// Records the events in their order, in one round trip and one commit: a result for each.
  ///
  /// A refused event changes nothing and does not keep the others from being recorded.
  public func record(_ events: [Event]) async throws(LedgerError) -> [RecordResult] {
    var batch = EventBatch()
    var unstorable: [Int: RecordResult] = [:]
    for (index, event) in events.enumerated() {
      if let refusal = event.unstorable {
        unstorable[index] = RecordResult(key: event.key, outcome: .refused(refusal))
      } else {
        batch.append(event)
      }
    }
    var recorded = try await record(batch).makeIterator()
    return events.indices.compactMap { unstorable[$0] ?? recorded.next() }
  }

  /// Records one event; a refusal is a result as any other.
  public func record(_ event: some LedgerEvent) async throws(LedgerError) -> RecordResult {
    let results = try await record([event.event])
    guard let result = results.first else { throw LedgerError(.database, "The database gave no result.") }
    return result
  }

  /// Records typed events of any kind in their order, as `record(_:)` for untyped ones.
  public func record(_ events: [any LedgerEvent]) async throws(LedgerError) -> [RecordResult] {
    try await record(events.map(\.event))
  }

  /// Records events that were gathered as JSON already.
  package func record(_ batch: EventBatch) async throws(LedgerError) -> [RecordResult] {
    guard batch.count > 0 else { return [] }
    let rows = try await recordedRows(batch.json)
    guard rows.count == batch.count else {
      throw LedgerError(.database, "The database gave \(rows.count) results for \(batch.count) events.")
    }
    return rows.map(RecordResult.init)
  }

  /// A conflict with another program that the database resolved by giving up one side is tried again: nothing
  /// was changed, and the keys keep it from being done twice.
  private func recordedRows(_ json: String) async throws(LedgerError) -> [PostgresRow] {
    var attempts = 0
    while true {
      do throws(PostgresError) {
        let sql =
          #"select key, result, message, detail from guarantee_api.record($1::jsonb) order by "position""#
        return try await connection.query(sql, [json], prepared: true).rows
      } catch {
        attempts += 1
        guard error.isConflict, !isInTransaction, attempts < 20 else { throw LedgerError(error) }
      }
    }
  }
}

extension PostgresError {
  /// Whether the database gave up this side of a conflict with another program, such as over a key that both
  /// recorded at once.
  fileprivate var isConflict: Bool {
    [.deadlockDetected, .serializationFailure, .uniqueViolation].contains(sqlState)
  }
}

extension Event {
  /// The refusal of an event that no database can store: a NUL character ends texts there.
  fileprivate var unstorable: LedgerRefusal? {
    let members = [("key", key), ("on", on), ("event", name)] + fields.sorted { $0.key < $1.key }
    for (field, value) in members where field.utf8.contains(0) || value.utf8.contains(0) {
      return LedgerRefusal(
        code: field.utf8.contains(0) ? .unknownField : .badValue, key: key,
        message: "The field \(shown(field)) has a NUL character: take it out.", field: field)
    }
    return nil
  }
}

extension RecordResult {
  /// - Parameter row: Key, result, message and detail as the database gives them.
  fileprivate init(_ row: PostgresRow) {
    let result = row[1] ?? ""
    key = row[0] ?? ""
    switch result {
    case "recorded": outcome = .recorded
    case "replayed": outcome = .replayed
    case "pending": outcome = .pending
    default:
      let detail = row[3].flatMap { try? JSONObject.members(of: $0) } ?? [:]
      outcome = .refused(
        LedgerRefusal(
          code: RefusalCode(rawValue: result), key: key,
          message: row[2] ?? "The event was refused: \(result).",
          field: detail["field"], asked: detail["asked"], there: detail["there"]))
    }
  }
}
