import PostgresClient

/// Follows the journal over a connection of its own, for one consumer, at its pace.
///
/// The connection is closed at the end, and when nothing refers to the follower any more.
final class Follower {
  private let connectionString: String
  private let options: FeedOptions
  private let offices: String?
  private var state: FollowerState
  private var buffer: FeedBuffer
  private var handedOut: FeedPosition
  /// Where to end; `nil` as long as that is not known, and when there is no end.
  private var end: FeedPosition?
  private var connection: PostgresConnection?
  private var isOwnSession = false

  init(_ connectionString: String, after position: FeedPosition, _ options: FeedOptions) {
    self.connectionString = connectionString
    self.options = options
    offices = options.offices?.jsonArray
    state = FollowerState(isFinite: options.untilEnd, pauses: options.pauses)
    buffer = FeedBuffer(after: position)
    handedOut = position
  }

  /// The next event; waits for it. `nil` at the end, and once the task is cancelled.
  ///
  /// - Throws: What waiting can't mend; after it comes the end.
  func next() async throws(LedgerError) -> RecordedEvent? {
    while true {
      if Task.isCancelled { state.finish() }
      switch state.action(hasEvent: buffer.hasNext) {
      case .handOut:
        if let event = buffer.next() {
          handedOut.advance(past: event)
          if let end, handedOut.includes(end) { state.finish() }
          return event
        }
      case .finish:
        connection = nil
        return nil
      case let action:
        do {
          try await perform(action)
        } catch let error as PostgresError where error.isMendedByWaiting {
          connection = nil
          let isFirst = state.lost(percent: Int.random(in: 50...100))
          if isFirst, !Task.isCancelled { options.onTrouble(LedgerError(reading: error)) }
        } catch {
          connection = nil
          state.finish()
          if Task.isCancelled { return nil }
          throw LedgerError(ofFeed: error)
        }
      }
    }
  }

  // MARK: Doing what the state says

  private func perform(_ action: FollowerState.Action) async throws {
    switch action {
    case .connect(let pause):
      connection = nil
      guard await slept(pause) else { return }
      try await connect()
    case .look(let openBefore):
      try await look(openBefore: openBefore)
    case .watch:
      state.watched(openBefore: try await query("select guarantee_api.watch()").value)
    case .unwatch:
      _ = try await query("select guarantee_api.unwatch()")
      state.unwatched()
    case .wait(let longest):
      let notifications = try await connection?.notifications(waiting: longest) ?? []
      state.waited(wasCalled: !notifications.isEmpty)
    case .pause(let pause):
      if await slept(pause) { state.paused() }
    case .handOut, .finish: break
    }
  }

  private func connect() async throws {
    var options = PostgresConnectOptions()
    options.requiresReadWrite = true
    options.deadline = self.options.deadline
    let connection = try await PostgresConnection.connect(to: connectionString, options)
    self.connection = connection
    // Behind a pooler each statement may have another session.
    isOwnSession = try await !connection.isPooled
    if self.options.untilEnd, end == nil { try await findEnd() }
    // A standby takes no LISTEN.
    let isStandby = try await query("select pg_is_in_recovery()").value == "t"
    state.connected(canListen: isOwnSession && !isStandby)
  }

  private func findEnd() async throws {
    let books = try await query(
      "select office, sequence from guarantee_api.journal_end($1::jsonb)", [offices])
    var end = FeedPosition()
    for book in books.rows {
      if let office = book[0], let sequence = book[1].flatMap({ Int64($0) }) { end[office] = sequence }
    }
    self.end = end
  }

  private func look(openBefore: String?) async throws {
    var isOpen = false
    if let openBefore {
      // Asked before the look, so that the look sees all that was recorded by those that have ended.
      let answer = try await query("select pg_snapshot_xmin(pg_current_snapshot()) < $1::xid8", [openBefore])
      isOpen = answer.value == "t"
    }
    let result = try await query(
      "select * from guarantee_api.events_after($1::jsonb, $2::jsonb, $3::integer, $4::jsonb)",
      [buffer.read.json, buffer.held.jsonObject, String(options.pageSize), offices])
    let page = try FeedPage(rows: result.rows)
    try buffer.add(page)
    state.found(page.items.count, isOpen: isOpen)
  }

  private func query(
    _ sql: String, _ parameters: [String?] = []
  ) async throws -> PostgresResult {
    guard let connection else {
      throw LedgerError(.connectionLost, "There is no connection to the database.")
    }
    return try await connection.query(sql, parameters, prepared: isOwnSession)
  }

  /// Returns whether the time has passed, rather than the task being cancelled.
  private func slept(_ duration: Duration) async -> Bool {
    if duration > .zero { try? await Task.sleep(for: duration) }
    return !Task.isCancelled
  }
}
