import PostgresClient

extension Ledger {
  /// Follows the journal from a position.
  ///
  /// ```swift
  /// var position = await store.position.flatMap { FeedPosition($0) } ?? .beginning
  /// for try await event in ledger.events(after: position) {
  ///   position.advance(past: event)
  ///   let lines = event.entries.map { "\($0.account) \($0.side) \($0.amount)" }
  ///   await store.keep(lines, upTo: position)
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - position: What was seen already; what comes after it is handed out.
  ///   - offices: The offices to follow; `nil` for all, those to come included. The empty one is the register.
  ///   - untilEnd: Whether to end with what is there, instead of waiting for more.
  public func events(
    after position: FeedPosition = .beginning, offices: [String]? = nil, untilEnd: Bool = false
  ) -> EventFeed {
    var options = FeedOptions()
    options.offices = offices
    options.untilEnd = untilEnd
    return events(after: position, options)
  }

  /// After the last event of every office: from there on it is only what comes that is handed out.
  package func journalEnd() async throws(LedgerError) -> FeedPosition {
    let result = try await query("select office, sequence from guarantee_api.journal_end($1::jsonb)", [nil])
    var end = FeedPosition()
    for row in result.rows {
      if let office = row[0], let sequence = row[1].flatMap({ Int64($0) }) { end[office] = sequence }
    }
    return end
  }

  package func events(after position: FeedPosition, _ options: FeedOptions) -> EventFeed {
    var options = options
    options.applicationName = configuration.applicationName
    options.logger = configuration.logger
    return EventFeed(
      connectionString: configuration.connectionString, position: position, options: options)
  }
}
