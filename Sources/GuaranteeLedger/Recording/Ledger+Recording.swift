import PostgresClient

extension Ledger {
  /// Records one event; a refusal is a result as any other.
  ///
  /// Tasks that record at the same time share round trips and commits; each gets its own result, and a refused
  /// event harms no other.
  ///
  /// - Parameters:
  ///   - event: What happened.
  ///   - deadline: How long it may take; `nil`: as long as the ledger's configuration says.
  public func record(
    _ event: some LedgerEvent, deadline: Duration? = nil
  ) async throws(LedgerError) -> RecordResult {
    let results = try await record([event.event], deadline: deadline)
    guard let result = results.first else { throw LedgerError(.database, "The database gave no result.") }
    return result
  }

  /// Records typed events of any kind in their order, as `record(_:deadline:)` for untyped ones.
  public func record(
    _ events: [any LedgerEvent], deadline: Duration? = nil
  ) async throws(LedgerError) -> [RecordResult] {
    try await record(events.map(\.event), deadline: deadline)
  }

  /// Records the events in their order: a result for each.
  ///
  /// A refused event changes nothing and does not keep the others from being recorded. What is more than a
  /// batch takes several, and what was recorded stays so when the call fails later: `LedgerError.events` says
  /// what is known of each.
  public func record(
    _ events: [Event], deadline: Duration? = nil
  ) async throws(LedgerError) -> [RecordResult] {
    guard events.contains(where: \.isUnstorable) else {
      return try await record(rows: events, deadline: deadline)
    }
    let storable = events.filter { !$0.isUnstorable }
    do throws(LedgerError) {
      var recorded = try await record(rows: storable, deadline: deadline).makeIterator()
      return events.compactMap { $0.unstorableResult ?? recorded.next() }
    } catch {
      throw error.telling(of: events)
    }
  }

  /// Records events in one of their forms in their order: a result for each.
  package func record(
    rows: [some BatchableEvent], deadline: Duration? = nil
  ) async throws(LedgerError) -> [RecordResult] {
    switch access {
    case .shared(let core):
      return try await core.recorder.record(rows, deadline: deadline ?? core.configuration.deadline)
    case .transaction(let connection, let refused):
      guard !rows.isEmpty else { return [] }
      var batch = EventBatch()
      for row in rows { row.append(to: &batch) }
      do {
        let results = try await connection.record(batch, deadline: deadline ?? configuration.deadline)
        guard results.count == batch.count else {
          throw LedgerError(resultCount: results.count, for: batch.count)
        }
        refused.add(rows, results)
        return results
      } catch {
        throw LedgerError(any: error)
      }
    }
  }
}

extension LedgerError {
  /// The database gave another number of results than events were sent.
  init(resultCount: Int, for eventCount: Int) {
    self.init(.database, "The database gave \(resultCount) results for \(eventCount) events.")
  }

  /// The same with those of a call's events in their places that were refused before the others were sent.
  fileprivate func telling(of all: [Event]) -> LedgerError {
    // In a transaction nothing is said of any event, since none of them stays.
    guard !events.isEmpty else { return self }
    var others = events.makeIterator()
    let statuses = all.compactMap { event in
      event.unstorableResult.map { EventStatus(key: event.key, state: .settled($0)) } ?? others.next()
    }
    var error = LedgerError(code, message, found: found, wanted: wanted, events: statuses)
    error.namesDisk = namesDisk
    return error
  }
}

extension Event {
  /// Whether no database can store it: a NUL character ends texts there.
  fileprivate var isUnstorable: Bool {
    key.utf8.contains(0) || on.utf8.contains(0) || name.utf8.contains(0)
      || fields.contains { $0.key.utf8.contains(0) || $0.value.utf8.contains(0) }
  }

  /// The result of an event that no database can store.
  fileprivate var unstorableResult: RecordResult? {
    unstorable.map { RecordResult(key: key, outcome: .refused($0)) }
  }

  private var unstorable: LedgerRefusal? {
    let members = [("key", key), ("on", on), ("event", name)] + fields.sorted { $0.key < $1.key }
    for (field, value) in members where field.utf8.contains(0) || value.utf8.contains(0) {
      return LedgerRefusal(
        code: field.utf8.contains(0) ? .unknownField : .badValue, key: key,
        message: "The field \(shown(field)) has a NUL character: take it out.", field: field)
    }
    return nil
  }
}
