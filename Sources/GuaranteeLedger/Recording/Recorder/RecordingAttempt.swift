import PostgresClient

/// A batch to be sent, whoever gets the answers.
struct Sending: Sendable {
  /// Whose events they are, call by call.
  let parts: [(events: any RecordableEvents, positions: Range<Int>)]
  let count: Int
  /// How often the same events were sent before.
  let attempts: Int
  /// What the last of them failed by, for metrics.
  let retryReason: String?
  /// How long to wait for the answer.
  let timeout: Duration
  /// How long the database waits for the books of its offices while others hold them.
  let bookPatience: Duration
  /// When the calls arrived whose first events these are.
  let arrivals: [ContinuousClock.Instant]
  /// Sessions in which earlier attempts may go on.
  let lostSessions: [LostSession]
  /// Events that were recorded since then were so by this batch; `nil`: none was, as far as is known.
  let maybeRecordedSince: ContinuousClock.Instant?

  /// All its events.
  var batch: EventBatch {
    var batch = EventBatch()
    for (events, positions) in parts { events.append(positions, to: &batch) }
    return batch
  }

  /// Some of its events.
  func batch(of chosen: [Int]) -> EventBatch {
    var batch = EventBatch()
    var start = 0
    for (events, positions) in parts {
      for index in chosen where index >= start && index < start + positions.count {
        let position = positions.lowerBound + index - start
        events.append(position..<position + 1, to: &batch)
      }
      start += positions.count
    }
    return batch
  }
}

/// One attempt to record a batch over a connection.
///
/// The first attempt is one round trip. Later ones may find what an attempt before them has left: then it is
/// seen to that what the callers learn is true for good.
struct RecordingAttempt {
  private let sending: Sending
  private let connection: PostgresConnection

  init(_ sending: Sending, over connection: PostgresConnection) {
    self.sending = sending
    self.connection = connection
  }

  /// A result for each event, in their order.
  func results() async throws(BatchFailure) -> [RecordResult] {
    let results = try await record(sending.batch)
    guard let start = sending.maybeRecordedSince else { return results }
    return try await attribute(try await confirm(results), since: start)
  }

  private func record(_ batch: EventBatch) async throws(BatchFailure) -> [RecordResult] {
    let results = try await trying { () async throws(PostgresError) in
      try await connection.record(batch, bookPatience: sending.bookPatience, deadline: sending.timeout)
    }
    guard results.count == batch.count else {
      throw BatchFailure(resultCount: results.count, for: batch.count)
    }
    return results
  }

  /// Makes sure that what was refused stays so: an earlier attempt that goes on in the server, its connection
  /// gone, might be accepted still. It is ended, and what it has recorded by then is.
  private func confirm(_ results: [RecordResult]) async throws(BatchFailure) -> [RecordResult] {
    let refused = results.indices.filter { results[$0].refusal != nil }
    guard !refused.isEmpty, !sending.lostSessions.isEmpty else { return results }
    let areOver = try await trying { () async throws(PostgresError) in
      try await connection.end(sending.lostSessions, within: sending.timeout)
    }
    guard areOver else { throw .sessionsGoOn }
    let ages = try await ages(of: refused.map { results[$0].key })
    let late = refused.filter { ages[results[$0].key] != nil }
    guard !late.isEmpty else { return results }
    var confirmed = results
    for (index, result) in zip(late, try await record(sending.batch(of: late))) { confirmed[index] = result }
    return confirmed
  }

  /// Tells events that are found recorded because an earlier attempt did so from those that were recorded
  /// before the call began: the former are `recorded`, the latter `replayed`.
  ///
  /// Somebody else who sent the same event with the same key at the same time can't be told apart.
  private func attribute(
    _ results: [RecordResult], since start: ContinuousClock.Instant
  ) async throws(BatchFailure) -> [RecordResult] {
    let replayed = results.filter { $0.outcome == .replayed }.map(\.key)
    guard !replayed.isEmpty else { return results }
    let ages = try await ages(of: replayed)
    let ownAge = start.duration(to: .now)
    return results.map { result in
      guard result.outcome == .replayed, let age = ages[result.key], age <= ownAge else { return result }
      return RecordResult(key: result.key, outcome: .recorded, position: result.position)
    }
  }

  /// How long ago those of the keys were recorded that are there.
  private func ages(of keys: [String]) async throws(BatchFailure) -> [String: Duration] {
    let result = try await trying { () async throws(PostgresError) in
      try await connection.query(
        "select key, microseconds from guarantee_api.ages_of($1::jsonb)", [keys.jsonArray],
        deadline: sending.timeout)
    }
    var ages: [String: Duration] = [:]
    for row in result.rows {
      guard let key = row[0], let age = row[1].flatMap({ Int64($0) }) else { continue }
      ages[key] = .microseconds(age)
    }
    return ages
  }

  private func trying<Value>(
    _ body: () async throws(PostgresError) -> Value
  ) async throws(BatchFailure) -> Value {
    do throws(PostgresError) {
      return try await body()
    } catch {
      throw BatchFailure(error)
    }
  }
}
