import Logging
import PostgresClient

/// Follows the journal over a connection of its own, for one consumer, at its pace.
///
/// The connection is closed at the end, and when nothing refers to the follower any more.
final class Follower {
  private let connectionString: String
  private let options: FeedOptions
  private let metrics = FeedMetrics.inPlace()
  private var state: FollowerState
  private var buffer: FeedBuffer
  private var handedOut: FeedPosition
  /// Where to end; `nil` as long as that is not known, and when there is no end.
  private var end: FeedPosition?
  /// `nil` while there is no connection.
  private var session: FeedSession?
  private var hasBeenConnected = false

  init(_ connectionString: String, after position: FeedPosition, _ options: FeedOptions) {
    self.connectionString = connectionString
    self.options = options
    state = FollowerState(isFinite: options.untilEnd, pauses: options.pauses)
    buffer = FeedBuffer(after: position)
    handedOut = position
  }

  /// How many events are held in memory.
  var heldCount: Int { buffer.count }

  /// The next event; waits for it. `nil` at the end, and once the task is cancelled.
  ///
  /// - Throws: What waiting can't mend; after it comes the end.
  func next() async throws(LedgerError) -> RecordedEvent? {
    while true {
      if Task.isCancelled { state.finish() }
      switch state.action(hasEvent: buffer.hasNext, isHolding: buffer.count > 0) {
      case .handOut:
        guard let event = buffer.next() else { continue }
        handedOut.advance(past: event)
        metrics?.handedOut()
        if let end, handedOut.includes(end) { state.finish() }
        return event
      case .finish:
        session = nil
        return nil
      case .connect(let pause):
        session = nil
        guard await slept(pause) else { continue }
        try await mending { try await connect() }
      case .pause(let pause):
        if await slept(pause) { state.paused() }
      case let action:
        try await mending { try await perform(action) }
      }
    }
  }

  // MARK: Doing what the state says

  private func connect() async throws {
    let session = try await FeedSession(connectionString, options)
    try await session.requireWhatWasRead(buffer)
    if options.untilEnd, end == nil { end = try await session.end() }
    self.session = session
    hasBeenConnected = true
    state.connected(canListen: session.canListen)
  }

  private func perform(_ action: FollowerState.Action) async throws {
    guard let session else {
      throw LedgerError(.connectionLost, "There is no connection to the database.")
    }
    switch action {
    case .look(let openBefore):
      let found = try await session.look(after: buffer, wanted: options.pageSize, openBefore: openBefore)
      if session.mayChangeJournals { try await session.requireWhatWasRead(buffer) }
      try buffer.add(found.page)
      state.found(found.page.items.count, isOpen: found.isOpen)
      if try await session.wasPromoted() { state.promoted() }
    case .watch: try await watch(session)
    case .unwatch:
      try await session.unwatch()
      state.unwatched()
    case .wait(let longest):
      state.waited(wasCalled: try await session.wasCalled(within: longest))
    case .connect, .pause, .handOut, .finish: break
    }
  }

  private func watch(_ session: FeedSession) async throws(PostgresError) {
    do {
      state.watched(openBefore: try await session.watch())
    } catch let error where error.sqlState == .lockNotAvailable {
      state.notWatched()
    }
  }

  /// Runs the body; trouble that passes with time makes for a new connection.
  ///
  /// - Throws: Any other trouble.
  private func mending(_ body: () async throws -> Void) async throws(LedgerError) {
    do {
      try await body()
    } catch let error as PostgresError where isMendedByWaiting(error) {
      session = nil
      let isFirst = state.lost(percent: Int.random(in: 50...100))
      if !Task.isCancelled { tell(error, isFirst: isFirst) }
    } catch {
      session = nil
      state.finish()
      if !Task.isCancelled { throw LedgerError(ofFeed: error) }
    }
  }

  /// A database that was there and is not is about to be put back.
  private func isMendedByWaiting(_ error: PostgresError) -> Bool {
    error.isMendedByWaiting
      || hasBeenConnected && error.kind == .unreachable && error.sqlState?.conditionClass == "3D"
  }

  private func tell(_ error: PostgresError, isFirst: Bool) {
    metrics?.lost(error.reason)
    options.logger.log(
      level: isFirst ? .warning : .debug, "A follower has no connection and makes another",
      metadata: ["reason": "\(error.reason)"])
    if isFirst { options.onTrouble(LedgerError(reading: error)) }
  }

  /// Returns whether the time has passed, rather than the task being cancelled.
  private func slept(_ duration: Duration) async -> Bool {
    if duration > .zero { try? await Task.sleep(for: duration) }
    return !Task.isCancelled
  }
}
