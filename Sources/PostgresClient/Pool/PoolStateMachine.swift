/// Which connections a pool has and who waits for one. A value that is told what has happened and answers what
/// to do: it opens nothing, keeps no time and draws no lots, so that every course of events can be tried without
/// a server.
///
/// Each event that changes something ends in `settle`, where all decisions are made
/// (`PoolStateMachine+Deciding.swift`).
struct PoolStateMachine: Hashable, Sendable {
  typealias Instant = ContinuousClock.Instant

  struct Settings: Hashable, Sendable {
    var maximumConnections = 4
    var idleTimeout: Duration = .seconds(60)
    var lookAfterIdle: Duration = .milliseconds(10)
    var checkAfterIdle: Duration = .seconds(5)
    var backoff = PoolBackoff()
  }

  enum Phase: Hashable, Sendable {
    case running
    /// Takes no new calls; those that wait are still served.
    case draining
    case closed
  }

  enum Health: Hashable, Sendable {
    case fine
    /// The last attempts to connect have failed: there is one attempt at a time, and not before an instant.
    case failing(attempts: Int, retryAt: Instant, reason: PostgresError)
  }

  struct Idle: Hashable, Sendable {
    let id: PoolConnectionID
    let since: Instant
    /// Whether it has to be asked first, since another connection to the server has broken meanwhile.
    var isSuspect: Bool
  }

  let settings: Settings
  var phase = Phase.running
  var health = Health.fine
  var connecting: Set<PoolConnectionID> = []
  var checking: Set<PoolConnectionID> = []
  var inUse: Set<PoolConnectionID> = []
  /// The longest idle first; the last is the first to be used again.
  var idle: [Idle] = []
  var waiters = WaiterQueue()
  /// No waiter gives up before; `nil` when none ever does.
  var earliestDeadline: Instant?
  /// The earliest `wake` that is still to come.
  var wakeAt: Instant?
  /// The number of the connection that was begun last.
  var lastNumber = 0

  init(_ settings: Settings) {
    self.settings = settings
  }

  /// The connections that could be used, now or when they come back.
  var openCount: Int { checking.count + inUse.count + idle.count }
  var count: Int { openCount + connecting.count }

  // MARK: Asking for a connection and giving it back

  enum Answer: Hashable, Sendable {
    /// Use this connection; its socket may need a look first.
    case take(PoolConnectionID, looking: Bool)
    /// Wait until `hand` or `fail` names the waiter, which may be among these actions.
    case wait(PoolWaiterID, [PoolAction])
    case refuse(PostgresError)
  }

  /// A call asks for a connection.
  ///
  /// - Parameter isPatient: whether to wait on when an attempt to connect has failed that may succeed later.
  mutating func ask(by deadline: Instant?, isPatient: Bool, at now: Instant) -> Answer {
    guard phase == .running else { return .refuse(Self.closed) }
    let isInTime = deadline.map { $0 > now } ?? true
    if isInTime, waiters.isEmpty, let latest = idle.last, !needsCheck(latest, at: now) {
      idle.removeLast()
      inUse.insert(latest.id)
      return .take(latest.id, looking: now - latest.since >= settings.lookAfterIdle)
    }
    let waiter = waiters.append(by: deadline, isPatient: isPatient)
    if let deadline { earliestDeadline = min(earliestDeadline ?? deadline, deadline) }
    return .wait(waiter, settle(at: now))
  }

  /// In what condition a connection comes back.
  enum Condition: Hashable, Sendable {
    case sound
    /// Its socket has something to say: to be asked before it is used.
    case unsure
    /// Its caller left something unfinished, which says nothing of the server.
    case abandoned
    /// The server or the network broke it, as they may have broken others.
    case broken
    /// Its server no longer takes changes, nor will it for the others.
    case demoted
  }

  /// A connection comes back.
  mutating func giveBack(_ id: PoolConnectionID, _ condition: Condition, at now: Instant) -> [PoolAction] {
    guard inUse.remove(id) != nil else { return [] }
    return put(id, condition, at: now)
  }

  /// A waiting call was cancelled.
  mutating func cancel(_ waiter: PoolWaiterID, at now: Instant) -> [PoolAction] {
    guard waiters.remove(waiter) != nil else { return [] }
    return [.fail(waiter, Self.cancelled)] + settle(at: now)
  }

  // MARK: What became of actions

  mutating func connected(_ id: PoolConnectionID, at now: Instant) -> [PoolAction] {
    guard connecting.remove(id) != nil else { return [.close(id)] }
    health = .fine
    return put(id, .sound, at: now)
  }

  /// An attempt to connect has failed.
  ///
  /// - Parameters:
  ///   - isPermanent: whether another attempt would end the same way.
  ///   - random: evenly distributed, for the delay until the next attempt.
  mutating func connectFailed(
    _ id: PoolConnectionID, _ reason: PostgresError, isPermanent: Bool, random: UInt64, at now: Instant
  ) -> [PoolAction] {
    guard connecting.remove(id) != nil else { return [] }
    noteFailure(reason, random, at: now)
    var actions: [PoolAction] = []
    // As long as a connection is in use, there is still one to wait for.
    if openCount == 0, isPermanent || connecting.isEmpty {
      let failed = waiters.removeAll { isPermanent || !$0.isPatient }
      actions = failed.map { .fail($0.id, reason) }
    }
    return actions + settle(at: now)
  }

  mutating func checked(_ id: PoolConnectionID, isSound: Bool, at now: Instant) -> [PoolAction] {
    guard checking.remove(id) != nil else { return [] }
    return put(id, isSound ? .sound : .broken, at: now)
  }

  /// The instant of a `wake` has come.
  mutating func tick(at now: Instant) -> [PoolAction] {
    if let wakeAt, wakeAt <= now { self.wakeAt = nil }
    return settle(at: now)
  }

  // MARK: Ending

  /// Takes no new calls. `finish` follows when those that wait have been served and all has come back.
  mutating func drain(at now: Instant) -> [PoolAction] {
    guard phase != .closed else { return [.finish] }
    phase = .draining
    return settle(at: now)
  }

  /// Closes everything at once, connections in use too.
  mutating func close() -> [PoolAction] {
    guard phase != .closed else { return [] }
    phase = .closed
    let failed = waiters.removeAll { _ in true }.map { PoolAction.fail($0.id, Self.closed) }
    let open = inUse.union(checking).union(idle.map(\.id)).sorted { $0.number < $1.number }
    connecting = []
    checking = []
    inUse = []
    idle = []
    earliestDeadline = nil
    return failed + open.map { .close($0) } + [.finish]
  }

  private static let closed = PostgresError(.closed, "the pool of connections is closed")
  private static let cancelled = PostgresError(.cancelled, "the call was cancelled before it began")
}
