import PostgresClient

extension PostgresConnection {
  /// Records a batch in one round trip and one commit: a result for each event, in their order.
  func record(_ batch: EventBatch, deadline: Duration? = nil) async throws(PostgresError) -> [RecordResult] {
    try await query(
      #"select * from guarantee_api.record($1::jsonb) order by "position""#, [batch.json], prepared: true,
      deadline: deadline
    ).rows.map(RecordResult.init)
  }
}

extension RecordResult {
  /// - Parameter row: Position in the batch, key, result, message, detail, office and sequence.
  fileprivate init(_ row: PostgresRow) {
    let (key, result) = (row[1] ?? "", row[2] ?? "")
    self.init(key: key, outcome: Outcome(row, key: key, result: result), position: EventPosition(row))
  }

  /// The result as the call that sent the event more than once should learn it.
  ///
  /// An earlier attempt of the same call may have recorded the event before its answer was lost. Then the
  /// event was not there before this call, and `recorded` is the truth. Somebody else who sent the same event
  /// with the same key can't be told apart; both would have wanted the same.
  var asOfThisCall: RecordResult {
    outcome == .replayed ? RecordResult(key: key, outcome: .recorded, position: position) : self
  }
}

extension RecordResult.Outcome {
  fileprivate init(_ row: PostgresRow, key: String, result: String) {
    switch result {
    case "recorded": self = .recorded
    case "replayed": self = .replayed
    case "pending": self = .pending
    default:
      let detail = row[4].flatMap { try? JSONObject.members(of: $0) } ?? [:]
      self = .refused(
        LedgerRefusal(
          code: RefusalCode(rawValue: result), key: key,
          message: row[3] ?? "The event was refused: \(result).",
          field: detail["field"], asked: detail["asked"], there: detail["there"]))
    }
  }
}

extension EventPosition {
  fileprivate init?(_ row: PostgresRow) {
    guard row.count > 6, let office = row[5], let sequence = row[6].flatMap({ Int64($0) }) else { return nil }
    self.init(office: office, sequence: sequence)
  }
}
