extension PoolStateMachine {
  /// What must hold after every event and doesn't: one sentence each. For tests, which try all courses of
  /// events.
  ///
  /// - Parameter now: the instant of the last event.
  func brokenInvariants(at now: Instant) -> [String] {
    var broken: [String] = []
    func require(_ holds: Bool, _ sentence: String) { if !holds { broken.append(sentence) } }
    let kinds = [connecting, checking, inUse, Set(idle.map(\.id))]
    require(
      kinds.reduce(into: Set()) { $0.formUnion($1) }.count == count, "A connection is one thing at a time")
    require(count <= settings.maximumConnections, "There are no more connections than there may be")
    require(
      zip(idle, idle.dropFirst()).allSatisfy { $0.since <= $1.since }, "The longest idle comes first")
    requireOfWaiters(at: now, require)
    if phase == .draining {
      require(!waiters.isEmpty || !inUse.isEmpty, "Draining ends when all has come back")
      require(!waiters.isEmpty || idle.isEmpty && checking.isEmpty, "Nothing lies idle when draining")
    }
    if phase == .closed {
      require(count == 0 && waiters.isEmpty, "Nothing is left when closed")
    }
    if let nextInstant {
      require(wakeAt.map { $0 <= nextInstant } ?? false, "What becomes due has a wake before it")
    }
    return broken
  }

  private func requireOfWaiters(at now: Instant, _ require: (Bool, String) -> Void) {
    guard !waiters.isEmpty else { return }
    let onTheirWay = connecting.count + checking.count
    require(
      idle.allSatisfy { needsCheck($0, at: now) },
      "Nobody waits while a connection is free")
    require(
      onTheirWay >= waiters.count || idle.isEmpty, "An idle connection is checked for each who waits")
    switch health {
    case .fine:
      require(
        onTheirWay >= waiters.count || count == settings.maximumConnections,
        "A connection is opened for each who waits, as far as there may be")
    case .failing(_, let retryAt, _):
      let mayConnect = connecting.isEmpty && count < settings.maximumConnections
      require(
        onTheirWay >= waiters.count || !mayConnect || retryAt > now, "An attempt that is due is made")
    }
    require(
      onTheirWay > 0 || !inUse.isEmpty || wakeAt != nil, "Who waits has something to wait for")
    require(
      !waiters.contains { $0.deadline.map { $0 <= now } ?? false }, "Nobody waits past the deadline")
  }
}
