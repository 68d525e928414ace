extension RecorderState {
  /// A lane's batch was recorded: a result for each of its events, in their order.
  mutating func succeed(_ lane: Int, _ results: [RecordResult], now: Instant) -> Consequences {
    guard let batch = lanes[lane].flight else { return Consequences() }
    lanes[lane].flight = nil
    lanes[lane].failures = 0
    lanes[lane].heldUntil = nil
    lanes[lane].lastError = nil
    release(batch.count, lane)
    var consequences = Consequences()
    var position = 0
    for slice in batch.slices {
      let own = results[position..<position + slice.positions.count]
      position += slice.positions.count
      guard var call = calls[slice.call] else { continue }
      call.results += batch.mayBeRecorded ? own.map(\.asOfThisCall) : Array(own)
      learn(from: own, call.events, slice.positions)
      guard call.settled < call.count else {
        calls[slice.call] = nil
        offices.unbind(call.offices)
        consequences.answers.append(Answer(caller: call.caller, outcome: .success(call.results)))
        continue
      }
      if !call.isAtEntrance, call.hasMoreOutside(share: limits.share) {
        call.isAtEntrance = true
        entrance.append(slice.call)
      }
      calls[slice.call] = call
      queueUp(slice.call)
    }
    letIn()
    consequences.lanesToStart = lanesToStart(now: now)
    return consequences
  }

  private mutating func learn(
    from results: ArraySlice<RecordResult>, _ events: any RecordableEvents, _ positions: Range<Int>
  ) {
    for (result, position) in zip(results, positions) {
      guard let office = result.position?.office else { continue }
      offices.learn(office, of: events.home(at: position))
    }
  }

  /// A lane's batch failed; what can be tried again will be.
  ///
  /// - Parameter jitter: 0 to 1023, by chance.
  mutating func fail(_ lane: Int, _ failure: BatchFailure, jitter: Int, now: Instant) -> Consequences {
    guard var batch = lanes[lane].flight else { return Consequences() }
    lanes[lane].flight = nil
    lanes[lane].failures += 1
    lanes[lane].lastError = failure.error
    batch.attempts += 1
    batch.mayBeRecorded = batch.mayBeRecorded || failure.mayBeRecorded
    dropDeparted(from: &batch, lane)
    var consequences = Consequences()
    let pause = limits.pause(
      after: failure.isEverybodys ? lanes[lane].failures : batch.attempts, jitter: jitter)
    if failure.isEverybodys { lanes[lane].heldUntil = now + pause }
    let isAlone = batch.count <= 1
    switch failure.course {
    case .end:
      consequences.answers = giveUp(batch, lane, failure)
    case .halves where isAlone:
      consequences.answers = giveUp(batch, lane, failure)
    case .again where isAlone || batch.attempts < failure.patience:
      batch.notBefore = now + pause
      putBack([batch], lane)
    case .halves, .again:
      putBack(batch.halves, lane)
    }
    letIn()
    consequences.lanesToStart = lanesToStart(now: now)
    consequences.alarm = setAlarm(lanes[lane].nextMoment(now: now))
    return consequences
  }

  /// To be sent again before all else.
  private mutating func putBack(_ batches: [RecorderBatch], _ lane: Int) {
    let batches = batches.filter { $0.count > 0 }
    for slice in batches.flatMap(\.slices) { calls[slice.call]?.retrying += 1 }
    lanes[lane].backlog.insert(contentsOf: batches, at: 0)
  }

  /// Answers all calls of a batch with its failure.
  private mutating func giveUp(
    _ batch: RecorderBatch, _ lane: Int, _ failure: BatchFailure
  ) -> [Answer] {
    // What is on its way counts as unknown to those who leave.
    if batch.mayBeRecorded { lanes[lane].flight = batch }
    let answers = batch.slices.flatMap { depart($0.call, because: .failed(failure.error)) }
    lanes[lane].flight = nil
    release(batch.count, lane)
    return answers
  }

  /// A lane found no connection.
  ///
  /// - Parameter isLasting: Whether waiting would change nothing; then all who wait for the lane are told.
  mutating func failToConnect(
    _ lane: Int, _ error: LedgerError, isLasting: Bool, jitter: Int, now: Instant
  ) -> Consequences {
    lanes[lane].failures += 1
    lanes[lane].lastError = error
    lanes[lane].heldUntil = isLasting ? nil : now + limits.pause(after: lanes[lane].failures, jitter: jitter)
    var consequences = Consequences()
    if isLasting {
      for (id, call) in calls where call.lane == lane {
        consequences.answers += depart(id, because: .failed(error))
      }
    }
    letIn()
    consequences.lanesToStart = lanesToStart(now: now)
    consequences.alarm = setAlarm(lanes[lane].nextMoment(now: now))
    return consequences
  }
}
