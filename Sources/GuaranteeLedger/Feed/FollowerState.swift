/// What a follower does next: whether to look into the journal, to wait, or to connect again.
///
/// It decides and does nothing. Who performs an action says what came of it.
///
/// Nothing is missed, since nobody waits to be called without having looked after it was certain that those who
/// record call: first the session is watched (`watch`), then the journal looked into once more, and as long as
/// somebody may record who looked for followers before that, it is looked into again and again.
struct FollowerState: Equatable {
  enum Action: Equatable {
    /// Connect, after a pause.
    case connect(after: Duration)
    /// Look into the journal for what comes next, and whether transactions before the given one are still open.
    case look(openBefore: String?)
    /// Have the session called when events are recorded.
    case watch
    /// Have it called no more.
    case unwatch
    /// Wait to be called.
    case wait(atMost: Duration?)
    /// Wait without being called.
    case pause(Duration)
    /// Hand out an event.
    case handOut
    /// There is nothing more to come.
    case finish
  }

  private enum Mode: Equatable {
    case apart(pause: Duration)
    case reading
    case atEnd
    case watched(openBefore: String?)
    case watchedAtEnd(openBefore: String?)
    case notWatched
    case called
    case finished
  }

  private let pauses: FeedOptions.Pauses
  /// Whether to finish where others wait for more.
  private let isFinite: Bool
  private var mode = Mode.apart(pause: .zero)
  /// Whether the session can be called.
  private var canListen = false
  /// How often in a row connecting failed, or nothing was found.
  private var failureCount = 0
  private var emptyCount = 0

  init(isFinite: Bool = false, pauses: FeedOptions.Pauses = FeedOptions.Pauses()) {
    self.isFinite = isFinite
    self.pauses = pauses
  }

  /// What to do next.
  ///
  /// - Parameters:
  ///   - hasEvent: Whether an event is at hand.
  ///   - isHolding: Whether events are held, though none can be handed out before the journal was looked into
  ///     once more. Nobody waits or finishes with such events in hand.
  func action(hasEvent: Bool, isHolding: Bool = false) -> Action {
    switch mode {
    case .finished: return .finish
    case .called: return .unwatch
    case .notWatched: return .pause(pauses.polling.length(after: emptyCount - 1))
    case _ where hasEvent: return .handOut
    case .apart(let pause): return .connect(after: pause)
    case .reading: return .look(openBefore: nil)
    case .atEnd where isHolding, .watchedAtEnd where isHolding: return .look(openBefore: nil)
    case .atEnd:
      if isFinite { return .finish }
      return canListen
        ? .watch : .pause(pauses.polling.length(after: emptyCount - 1))
    case .watched(let openBefore): return .look(openBefore: openBefore)
    case .watchedAtEnd(nil): return .wait(atMost: pauses.longestWait)
    case .watchedAtEnd: return .wait(atMost: pauses.settling.length(after: emptyCount - 1))
    }
  }

  // MARK: What came of it

  mutating func connected(canListen: Bool) {
    self.canListen = canListen
    mode = .reading
  }

  /// The session is watched.
  ///
  /// - Parameter openBefore: The transaction before which others are open that may not call; `nil` when there
  ///   are none.
  mutating func watched(openBefore: String?) {
    emptyCount = 0
    mode = .watched(openBefore: openBefore)
  }

  /// The session can't be watched for now.
  mutating func notWatched() { mode = .notWatched }

  /// The server, a standby before, takes changes: over a new connection the session can be called.
  mutating func promoted() { mode = .apart(pause: .zero) }

  /// The journal was looked into.
  ///
  /// - Parameter isOpen: Whether transactions are still open that were asked for.
  mutating func found(_ count: Int, isOpen: Bool = false) {
    failureCount = 0
    guard count == 0 else {
      emptyCount = 0
      switch mode {
      case .watched, .watchedAtEnd: mode = .called
      default: mode = .reading
      }
      return
    }
    emptyCount += 1
    switch mode {
    case .watched(let openBefore): mode = .watchedAtEnd(openBefore: isOpen ? openBefore : nil)
    case .watchedAtEnd: break
    default: mode = .atEnd
    }
  }

  /// A wait is over.
  mutating func waited(wasCalled: Bool) {
    guard case .watchedAtEnd(let openBefore) = mode, !wasCalled else {
      mode = .called
      return
    }
    mode = .watched(openBefore: openBefore)
  }

  mutating func unwatched() { mode = .reading }

  mutating func paused() { mode = .reading }

  /// The connection was lost or not made.
  ///
  /// - Parameter percent: How much of the pause to make, 50 to 100, so that many don't come back at once.
  /// - Returns: Whether it is the first time since the journal was last looked into.
  @discardableResult
  mutating func lost(percent: Int) -> Bool {
    mode = .apart(pause: pauses.connecting.length(after: failureCount) * percent / 100)
    failureCount += 1
    return failureCount == 1
  }

  mutating func finish() { mode = .finished }
}
