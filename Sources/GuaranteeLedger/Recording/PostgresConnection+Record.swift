import PostgresClient

extension PostgresConnection {
  /// Records a batch in one round trip and one commit: a result for each event, in their order.
  ///
  /// - Parameter bookPatience: How long each book that others hold is waited for; when it ends, nothing is changed. `nil`:
  ///   as long as the session's own setting says.
  func record(
    _ batch: EventBatch, bookPatience: Duration? = nil, deadline: Duration? = nil
  ) async throws(PostgresError) -> [RecordResult] {
    // None would be 0, which is no limit.
    let patience = bookPatience.map {
      max($0.components.seconds * 1_000 + $0.components.attoseconds / 1_000_000_000_000_000, 1)
    }
    return try await query(
      Self.recording, [batch.json, patience.map(String.init)], prepared: true, deadline: deadline
    ).rows
      .map(RecordResult.init(decided:))
  }

  /// Has the server end the open transaction of a program that stands still in it, with books locked that others
  /// need, after two minutes, or as the database's own setting says.
  func limitIdleness() async throws(PostgresError) {
    _ = try await query(
      """
      select set_config('idle_in_transaction_session_timeout', '2min', true)
       where current_setting('idle_in_transaction_session_timeout') = '0'
      """)
  }

  // The setting is made before the call, since the call's argument hangs on it.
  static let recording = #"""
    select key, result, message, detail, office, sequence
      from (select set_config('lock_timeout', coalesce($2, current_setting('lock_timeout')), true) offset 0) patience (is_set)
     cross join lateral guarantee_api.record(case when is_set is not null then $1::jsonb end)
     order by "position"
    """#
}

extension RecordResult {
  /// - Parameter row: Key, result, message, detail, office and sequence.
  init(decided row: PostgresRow) {
    let (key, result) = (row[0] ?? "", row[1] ?? "")
    self.init(key: key, outcome: Outcome(row, key: key, result: result), position: EventPosition(row))
  }
}

extension RecordResult.Outcome {
  fileprivate init(_ row: PostgresRow, key: String, result: String) {
    switch result {
    case "recorded": self = .recorded
    case "replayed": self = .replayed
    case "pending": self = .pending
    default:
      let detail = row[3].flatMap { try? JSONObject.members(of: $0) } ?? [:]
      self = .refused(
        LedgerRefusal(
          code: RefusalCode(rawValue: result), key: key,
          message: row[2] ?? "The event was refused: \(result).",
          field: detail["field"], asked: detail["asked"], there: detail["there"]))
    }
  }
}

extension EventPosition {
  fileprivate init?(_ row: PostgresRow) {
    guard let office = row[4], let sequence = row[5].flatMap({ Int64($0) }) else { return nil }
    self.init(office: office, sequence: sequence)
  }
}
