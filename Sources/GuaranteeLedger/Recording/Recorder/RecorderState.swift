/// Decides what is recorded when, on which lane and in which company; performs nothing.
///
/// Calls arrive with their events and wait; each lane takes one batch after the other of what waits for it and
/// reports how it ended; deadlines pass and callers leave. What follows is returned: answers to give, lanes to
/// set going, the moment at which to be woken. A lane is one connection's worth of work: while a batch of it is
/// on its way, what arrives gathers for its next.
///
/// `Caller` is whatever an answer is given to.
struct RecorderState<Caller> {
  typealias Instant = ContinuousClock.Instant

  /// What a caller gets in the end.
  struct Answer {
    let caller: Caller
    /// When the call came.
    let arrived: Instant
    let outcome: Result<[RecordResult], LedgerError>

    /// `nil` when there are results.
    var error: LedgerError? { if case .failure(let error) = outcome { error } else { nil } }
  }

  /// What is to be done after something happened.
  struct Consequences {
    var answers: [Answer] = []
    /// Lanes that have work and don't run; they count as running from now on.
    var lanesToStart: [Int] = []
    /// When `wake` is to be called, if it is other than before.
    var alarm: Instant?
  }

  enum Phase {
    case open
    /// Takes no new calls and brings to an end what it has.
    case draining
    /// Has answered everybody.
    case closed
  }

  let limits: RecorderLimits
  var phase = Phase.open
  var calls: [Int: Call] = [:]
  var lanes: [Lane]
  /// Calls that have events outside still, in the order in which they may bring more of them in.
  var entrance = FIFO<Int>()
  /// Events that are inside: waiting, on their way, or to be sent again.
  var occupied = 0
  var offices = OfficeBindings()
  var alarm: Instant?

  init(limits: RecorderLimits) {
    self.limits = limits
    lanes = Array(repeating: Lane(), count: max(1, limits.lanes))
  }

  /// Whether all callers are answered and no lane runs.
  var isIdle: Bool { calls.isEmpty && !lanes.contains { $0.isRunning } }

  // MARK: Arriving

  /// A caller wants events recorded, in their order.
  ///
  /// - Parameter id: A number that no other call has.
  mutating func arrive(
    _ id: Int, _ caller: Caller, _ events: any RecordableEvents, deadline: Instant, now: Instant
  ) -> Consequences {
    guard phase == .open else { return refuse(caller, events, now) }
    let lane = lane(of: events.home(at: 0))
    var call = Call(caller: caller, events: events, arrived: now, deadline: deadline, lane: lane)
    call.isAtEntrance = true
    calls[id] = call
    entrance.append(id)
    letIn()
    if deadline <= now {
      let isOutside = calls[id]?.admitted == 0
      return leave(id, because: isOutside ? .queueFull : .deadlineExceeded, now: now)
    }
    return conclude(Consequences(), alarm: deadline, now: now)
  }

  private func refuse(_ caller: Caller, _ events: any RecordableEvents, _ now: Instant) -> Consequences {
    let error = Departure.shuttingDown.error(events.notRecorded)
    return Consequences(answers: [Answer(caller: caller, arrived: now, outcome: .failure(error))])
  }

  /// The lane for a call that begins with an event of this home: where others of the office are, else the
  /// office's own, unless that is busy and another rests. One between two batches doesn't rest: an office on it
  /// would wait for other programs' batches of both lanes, and they for it.
  private func lane(of home: EventHome) -> Int {
    if let lane = offices.lane(of: home) { return lane }
    guard let own = offices.ownLane(of: home, among: lanes.count) else {
      return lanes.indices.min { lanes[$0].load < lanes[$1].load } ?? 0
    }
    let resting = lanes.indices.first { lanes[$0].load == 0 && !lanes[$0].isRunning }
    return lanes[own].load > 0 ? resting ?? own : own
  }

  /// Lets events in while there is room: a quantum of the call whose turn it is, then the next call's.
  mutating func letIn() {
    while occupied < limits.queueLimit, let id = entrance.popFirst() {
      guard var call = calls[id] else { continue }
      let room = min(limits.queueLimit - occupied, limits.share - (call.admitted - call.settled))
      let entering = call.admitted..<call.admitted + min(limits.quantum, call.count - call.admitted, room)
      offices.bind(&call.offices, call.events, entering, to: call.lane)
      call.admitted = entering.upperBound
      occupied += entering.count
      lanes[call.lane].load += entering.count
      call.isAtEntrance = call.hasMoreOutside(share: limits.share)
      calls[id] = call
      if call.isAtEntrance { entrance.append(id) }
      queueUp(id)
    }
  }

  /// Puts a call in its lane's line, unless it stands there, has nothing to send, or has to wait for the end
  /// of its events before.
  mutating func queueUp(_ id: Int) {
    guard let call = calls[id], !call.isInLine, call.sent < call.admitted, call.retrying == 0 else { return }
    calls[id]?.isInLine = true
    lanes[call.lane].line.append(id)
  }

  // MARK: Waking

  /// Lets in who waits outside, starts the lanes that have work, and sees to it that the alarm rings in time
  /// for what can't be done yet.
  mutating func conclude(
    _ consequences: Consequences, alarm moment: Instant? = nil, now: Instant
  ) -> Consequences {
    letIn()
    var consequences = consequences
    var earliest = moment
    for lane in lanes.indices {
      if !lanes[lane].isRunning, lanes[lane].hasWork(now: now) {
        lanes[lane].isRunning = true
        consequences.lanesToStart.append(lane)
      }
      if let moment = lanes[lane].nextMoment(now: now) {
        earliest = earliest.map { min($0, moment) } ?? moment
      }
    }
    if let earliest, alarm.map({ earliest < $0 }) ?? true {
      alarm = earliest
      consequences.alarm = earliest
    }
    return consequences
  }

  /// Wakes if the moment has come, though the alarm may not have rung yet.
  mutating func wakeIfDue(now: Instant) -> Consequences {
    guard let alarm, alarm <= now else { return Consequences() }
    return wake(now: now)
  }

  /// The moment for which the alarm was set has come.
  mutating func wake(now: Instant) -> Consequences {
    alarm = nil
    var consequences = Consequences()
    for (id, call) in calls where call.deadline <= now {
      let reason = call.admitted == 0 ? Departure.queueFull : .deadlineExceeded
      consequences.answers += depart(id, because: reason)
    }
    return conclude(consequences, alarm: calls.values.map(\.deadline).min(), now: now)
  }
}
