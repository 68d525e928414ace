extension RecorderState {
  /// Whether a lane that runs has something to send; else it runs no more.
  mutating func goesOn(_ lane: Int, now: Instant) -> Bool {
    lanes[lane].isRunning = lanes[lane].hasWork(now: now)
    return lanes[lane].isRunning
  }

  /// The events that wait for a lane.
  func waiting(on lane: Int) -> Int {
    lanes[lane].load - (lanes[lane].flight?.count ?? 0)
  }

  /// Takes the next batch of a lane, as large as it may be; from here on its events are on their way.
  ///
  /// - Returns: `nil` when those who wanted something recorded have left meanwhile.
  mutating func take(_ lane: Int, now: Instant) -> Sending? {
    guard var batch = batchToRepeat(lane, now: now) ?? newBatch(lane) else { return nil }
    batch.sentAt = now
    lanes[lane].flight = batch
    var parts: [(events: any RecordableEvents, positions: Range<Int>)] = []
    parts.reserveCapacity(batch.slices.count)
    var lastDeadline = now
    var arrivals: [Instant] = []
    for slice in batch.slices {
      guard let call = calls[slice.call] else { continue }
      parts.append((call.events, slice.positions))
      lastDeadline = max(lastDeadline, call.deadline)
      if !call.wasSent { arrivals.append(call.arrived) }
      calls[slice.call]?.wasSent = true
    }
    // Once nobody waits any more, the connection is better used for others.
    let timeout = min(limits.timeout(after: batch.attempts), lastDeadline - now)
    return Sending(
      parts: parts, count: batch.count, attempts: batch.attempts, retryReason: batch.failureReason,
      timeout: timeout,
      bookPatience: limits.bookPatience(isHeld: batch.heldAttempts > 0 || !lanes[lane].heldBooks.isEmpty),
      arrivals: arrivals, lostSessions: batch.lostSessions, maybeRecordedSince: batch.maybeRecordedSince)
  }

  private mutating func batchToRepeat(_ lane: Int, now: Instant) -> RecorderBatch? {
    while let index = lanes[lane].nextInBacklog(now: now) {
      var batch = lanes[lane].backlog.remove(at: index)
      for slice in batch.slices {
        calls[slice.call]?.retrying -= 1
        queueUp(slice.call)
      }
      dropDeparted(from: &batch, lane)
      if batch.count > 0 { return batch }
    }
    return nil
  }

  /// A quantum of each call in turn, until the batch is full or nobody is left. What needs a held book isn't sent.
  private mutating func newBatch(_ lane: Int) -> RecorderBatch? {
    var batch = RecorderBatch()
    while batch.count < limits.batchLimit, let id = lanes[lane].line.popFirst() {
      guard var call = calls[id] else { continue }
      call.isInLine = false
      if call.retrying == 0 {
        let count = min(limits.quantum, call.admitted - call.sent, limits.batchLimit - batch.count)
        let (positions, book) = stretch(of: call, upTo: count)
        call.sent = positions.upperBound
        if let book {
          call.retrying += 1
          wait(for: book, positions, of: id, lane)
        } else {
          batch.append(positions, of: id)
        }
      }
      calls[id] = call
      queueUp(id)
    }
    return batch.count > 0 ? batch : nil
  }

  /// Takes those who have left out of a lane, so that it need not find a connection for them.
  mutating func forgetDeparted(_ lane: Int) {
    lanes[lane].line.removeAll { calls[$0] == nil }
    for index in lanes[lane].backlog.indices {
      release(lanes[lane].backlog[index].removeSlices { calls[$0.call] == nil }, lane)
    }
    lanes[lane].backlog.removeAll { $0.count == 0 }
  }

  /// Frees the room of events whose callers have left.
  mutating func dropDeparted(from batch: inout RecorderBatch, _ lane: Int) {
    release(batch.removeSlices { calls[$0.call] == nil }, lane)
  }

  mutating func release(_ count: Int, _ lane: Int) {
    occupied -= count
    lanes[lane].load -= count
  }
}
