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
      learn(from: own, of: slice)
      if let answer = settle(slice.call, own) { consequences.answers.append(answer) }
    }
    return conclude(consequences, now: now)
  }

  /// Adds results to those that a call has; answers it with the last.
  private mutating func settle(_ id: Int, _ results: ArraySlice<RecordResult>) -> Answer? {
    guard var call = calls[id] else { return nil }
    call.results += results
    guard call.settled < call.count else {
      calls[id] = nil
      offices.unbind(call.offices)
      return Answer(caller: call.caller, arrived: call.arrived, outcome: .success(call.results))
    }
    if !call.isAtEntrance, call.hasMoreOutside(share: limits.share) {
      call.isAtEntrance = true
      entrance.append(id)
    }
    calls[id] = call
    queueUp(id)
    return nil
  }

  private mutating func learn(from results: ArraySlice<RecordResult>, of slice: RecorderBatch.Slice) {
    guard let events = calls[slice.call]?.events else { return }
    for (result, position) in zip(results, slice.positions) {
      guard let office = result.position?.office else { continue }
      offices.learn(office, of: events.home(at: position))
    }
  }

  /// A lane's batch failed; what can be tried again will be.
  ///
  /// - Parameters:
  ///   - session: The server's process that may go on with the batch, its connection being gone.
  ///   - jitter: 0 to 1023, by chance.
  mutating func fail(
    _ lane: Int, _ failure: BatchFailure, session: Int32? = nil, jitter: Int, now: Instant
  ) -> Consequences {
    guard var batch = lanes[lane].flight else { return Consequences() }
    lanes[lane].flight = nil
    lanes[lane].failures += 1
    // What was said of an event that may be to blame is for its own caller alone.
    if failure.course != .halves, failure.course != .books { lanes[lane].lastError = failure.error }
    batch.attempts += 1
    batch.failureReason = failure.reason
    if failure.course == .books { batch.heldAttempts += 1 }
    if failure.mayBeRecorded, let sentAt = batch.sentAt {
      batch.maybeRecordedSince = batch.maybeRecordedSince ?? sentAt
      batch.lostSessions += session.map { [LostSession(processID: $0, sentAt: sentAt)] } ?? []
    }
    dropDeparted(from: &batch, lane)
    var consequences = Consequences()
    let pause = limits.pause(
      after: failure.isEverybodys ? lanes[lane].failures : batch.attempts, jitter: jitter)
    if failure.isEverybodys { lanes[lane].heldUntil = now + pause }
    if failure.isFinal(for: batch.count, attempts: batch.attempts, mayBeRecorded: batch.mayBeRecorded) {
      consequences.answers = giveUp(batch, lane, failure)
    } else if failure.callsForHalves(of: batch.count, attempts: batch.attempts) {
      putBack(batch.halves, lane)
    } else if failure.course == .books, case let parts = parts(of: batch), parts.count > 1 {
      putBack(parts, lane)
    } else {
      if failure.course == .books { batch.heldBook = book(of: batch) }
      batch.notBefore = now + pause
      putBack([batch], lane)
    }
    return conclude(consequences, now: now)
  }

  /// To be sent again before all else.
  private mutating func putBack(_ batches: [RecorderBatch], _ lane: Int) {
    let batches = batches.filter { $0.count > 0 }
    for slice in batches.flatMap(\.slices) { calls[slice.call]?.retrying += 1 }
    lanes[lane].backlog.insert(contentsOf: batches, at: 0)
  }

  /// Answers all calls of a batch with its failure: none of its events is recorded.
  private mutating func giveUp(
    _ batch: RecorderBatch, _ lane: Int, _ failure: BatchFailure
  ) -> [Answer] {
    let answers = batch.slices.flatMap { depart($0.call, because: .failed(failure.error)) }
    release(batch.count, lane)
    return answers
  }

  /// A lane found no connection.
  ///
  /// - Parameter isLasting: Whether waiting would change nothing; then all who wait for the lane are told, but for
  ///   those of whose events it is open what became: they are told when their deadlines pass.
  mutating func failToConnect(
    _ lane: Int, _ error: LedgerError, isLasting: Bool, jitter: Int, now: Instant
  ) -> Consequences {
    lanes[lane].failures += 1
    // A server whose disk is in trouble may go away over it: what it said before then tells more.
    if lanes[lane].lastError?.namesDisk != true { lanes[lane].lastError = error }
    var consequences = Consequences()
    if isLasting {
      for (id, call) in calls where call.lane == lane && positionsOfUnknownOutcome(id, call).isEmpty {
        consequences.answers += depart(id, because: .failed(error))
      }
    }
    forgetDeparted(lane)
    let isOver = isLasting && lanes[lane].backlog.isEmpty
    lanes[lane].heldUntil = isOver ? nil : now + limits.pause(after: lanes[lane].failures, jitter: jitter)
    return conclude(consequences, now: now)
  }
}
