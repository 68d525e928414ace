extension PoolStateMachine {
  func needsCheck(_ connection: Idle, at now: Instant) -> Bool {
    // One that comes back at this moment has not lain idle, however short the rest may be.
    connection.isSuspect || (now > connection.since && now - connection.since >= settings.checkAfterIdle)
  }

  mutating func put(
    _ id: PoolConnectionID, _ condition: Condition, at now: Instant
  ) -> [PoolAction] {
    switch condition {
    case .sound, .unsure:
      idle.append(Idle(id: id, since: now, isSuspect: condition == .unsure))
      return settle(at: now)
    case .abandoned:
      return [.close(id)] + settle(at: now)
    case .broken:
      for index in idle.indices { idle[index].isSuspect = true }
      return [.close(id)] + settle(at: now)
    case .demoted:
      let others = idle.map(\.id)
      idle = []
      return ([id] + others).map { .close($0) } + settle(at: now)
    }
  }

  mutating func noteFailure(_ reason: PostgresError, _ random: UInt64, at now: Instant) {
    var attempts = 1
    if case .failing(let earlier, let retryAt, _) = health {
      // Attempts that began together count as one.
      guard now >= retryAt || !connecting.isEmpty else { return }
      attempts = earlier + (now >= retryAt ? 1 : 0)
    }
    let delay = settings.backoff.delay(afterFailures: attempts, random: random)
    health = .failing(attempts: attempts, retryAt: now + delay, reason: reason)
  }

  /// Brings everything to where nothing is left to be done until the next event.
  mutating func settle(at now: Instant) -> [PoolAction] {
    guard phase != .closed else { return [] }
    var actions: [PoolAction] = []
    if !waiters.isEmpty {
      giveUp(at: now, &actions)
      serve(at: now, &actions)
      supply(at: now, &actions)
    }
    closeUnused(at: now, &actions)
    if phase == .draining && waiters.isEmpty { finishDraining(&actions) }
    scheduleWake(&actions)
    return actions
  }

  /// Ends the waits whose deadline has come.
  private mutating func giveUp(at now: Instant, _ actions: inout [PoolAction]) {
    guard let earliestDeadline, earliestDeadline <= now else { return }
    for waiter in waiters.removeAll(where: { $0.deadline.map { $0 <= now } ?? false }) {
      actions.append(.fail(waiter.id, tooLate))
    }
    self.earliestDeadline = waiters.earliestDeadline
  }

  /// Hands out what is free.
  private mutating func serve(at now: Instant, _ actions: inout [PoolAction]) {
    while !waiters.isEmpty, let index = idle.lastIndex(where: { !needsCheck($0, at: now) }),
      let waiter = waiters.removeFirst()
    {
      let id = idle.remove(at: index).id
      inUse.insert(id)
      actions.append(.hand(id, to: waiter.id))
    }
  }

  /// Sees to it that as many connections are on their way as there are waiters, as far as there may be.
  private mutating func supply(at now: Instant, _ actions: inout [PoolAction]) {
    while waiters.count > connecting.count + checking.count {
      if let candidate = idle.popLast() {
        checking.insert(candidate.id)
        actions.append(.check(candidate.id))
      } else if mayConnect(at: now) {
        lastNumber += 1
        let id = PoolConnectionID(number: lastNumber)
        connecting.insert(id)
        actions.append(.connect(id))
      } else {
        return
      }
    }
  }

  private func mayConnect(at now: Instant) -> Bool {
    guard count < settings.maximumConnections else { return false }
    guard case .failing(_, let retryAt, _) = health else { return true }
    // One attempt at a time; who waits for one attempt only has it now.
    return connecting.isEmpty && (now >= retryAt || waiters.contains { !$0.isPatient })
  }

  private mutating func closeUnused(at now: Instant, _ actions: inout [PoolAction]) {
    while openCount > 1, let oldest = idle.first, now - oldest.since >= settings.idleTimeout {
      idle.removeFirst()
      actions.append(.close(oldest.id))
    }
  }

  private mutating func finishDraining(_ actions: inout [PoolAction]) {
    let unused = idle.map(\.id) + checking.sorted { $0.number < $1.number }
    idle = []
    checking = []
    actions += unused.map { .close($0) }
    guard inUse.isEmpty else { return }
    phase = .closed
    connecting = []
    actions.append(.finish)
  }

  private mutating func scheduleWake(_ actions: inout [PoolAction]) {
    guard let next = nextInstant, wakeAt.map({ next < $0 }) ?? true else { return }
    wakeAt = next
    actions.append(.wake(at: next))
  }

  /// When something becomes due without anything happening before.
  var nextInstant: Instant? {
    guard phase != .closed else { return nil }
    var next = waiters.isEmpty ? nil : earliestDeadline
    func include(_ instant: Instant) { next = min(next ?? instant, instant) }
    if case .failing(_, let retryAt, _) = health, connecting.isEmpty, waiters.count > checking.count,
      count < settings.maximumConnections
    {
      include(retryAt)
    }
    if openCount > 1, let oldest = idle.first { include(oldest.since + settings.idleTimeout) }
    return next
  }

  private var tooLate: PostgresError {
    if case .failing(_, _, let reason) = health {
      var error = reason
      error.kind = .unreachable
      return error
    }
    return PostgresError(.deadlineExceeded, "no connection became free before the deadline")
  }
}
