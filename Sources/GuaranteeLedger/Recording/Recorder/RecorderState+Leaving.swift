extension RecorderState {
  /// A caller leaves before the end: it is told what is known of each of its events, and those that were not
  /// sent will not be.
  ///
  /// Does nothing when it has its answer.
  mutating func leave(_ id: Int, because reason: Departure, now: Instant) -> Consequences {
    var consequences = Consequences()
    consequences.answers = depart(id, because: reason)
    return conclude(consequences, now: now)
  }

  /// No new calls from here on; those that are here are brought to an end.
  mutating func drain() {
    if phase == .open { phase = .draining }
  }

  /// Answers everybody at once.
  mutating func close() -> Consequences {
    phase = .closed
    var consequences = Consequences()
    for id in calls.keys { consequences.answers += depart(id, because: .shuttingDown) }
    return consequences
  }

  mutating func depart(_ id: Int, because reason: Departure) -> [Answer] {
    guard let call = calls.removeValue(forKey: id) else { return [] }
    offices.unbind(call.offices)
    release(call.admitted - call.sent, call.lane)
    let unknown = positionsOfUnknownOutcome(id, call)
    let statuses = (0..<call.count).map { position in
      let state: EventStatus.State =
        position < call.settled
        ? .settled(call.results[position])
        : unknown.contains { $0.contains(position) } ? .unknown : .notRecorded
      return EventStatus(key: call.events.key(at: position), state: state)
    }
    let error = reason.error(statuses, after: trouble(of: id, call))
    return [Answer(caller: call.caller, arrived: call.arrived, outcome: .failure(error))]
  }

  func positionsOfUnknownOutcome(_ id: Int, _ call: Call) -> [Range<Int>] {
    guard call.settled < call.sent else { return [] }
    let lane = lanes[call.lane]
    let uncertain = lane.backlog.filter(\.mayBeRecorded) + (lane.flight.map { [$0] } ?? [])
    return uncertain.flatMap(\.slices).filter { $0.call == id }.map(\.positions)
  }
}

/// Why a caller gets no results, or not all of them.
enum Departure {
  case cancelled
  case deadlineExceeded
  /// The deadline passed before there was room for a single event.
  case queueFull
  case shuttingDown
  /// What has no result yet is not recorded, and why.
  case failed(LedgerError)

  /// The error that a caller gets.
  ///
  /// - Parameter trouble: What went wrong last on the way to the database; `nil` when nothing did.
  func error(_ events: [EventStatus], after trouble: LedgerError? = nil) -> LedgerError {
    let isUnknown = events.contains { $0.state == .unknown }
    return LedgerError(
      isUnknown ? .outcomeUnknown : code, sentence(isUnknown: isUnknown, trouble), events: events)
  }

  private var code: LedgerError.Code {
    switch self {
    case .cancelled: .cancelled
    case .deadlineExceeded: .deadlineExceeded
    case .queueFull: .queueFull
    case .shuttingDown: .shuttingDown
    case .failed(let error): error.code
    }
  }

  private func sentence(isUnknown: Bool, _ trouble: LedgerError?) -> String {
    let cause: String
    switch self {
    case .cancelled: cause = "The call was cancelled"
    case .deadlineExceeded: cause = "The deadline passed"
    case .queueFull: cause = "The queue had no room"
    case .shuttingDown: cause = "The ledger is being closed"
    case .failed(let error): return error.message
    }
    let last = trouble.map { " Last: " + $0.message } ?? ""
    return isUnknown
      ? cause + " and it is not known whether the events were recorded: send the same keys again." + last
      : cause + " before the events were recorded." + last
  }
}
