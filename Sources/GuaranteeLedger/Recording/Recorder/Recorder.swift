import Logging
import PostgresClient
import Synchronization

/// Records the events of many tasks in common batches.
///
/// `RecorderState` decides; this type performs. A lane is a task that exists while there is something to be
/// sent on it (`Recorder+Lanes.swift`).
final class Recorder: Sendable {
  private typealias Caller = CheckedContinuation<Result<[RecordResult], LedgerError>, Never>
  typealias State = RecorderState<CheckedContinuation<Result<[RecordResult], LedgerError>, Never>>

  private struct Guarded {
    var state: State
    /// Sleeps until the state wants to be woken.
    var clock: Task<Void, Never>?
    var waiters: [Waiter] = []
  }

  private struct Waiter {
    let isOver: @Sendable (State) -> Bool
    let continuation: CheckedContinuation<Void, Never>
  }

  let pool: PostgresPool
  let logger: Logger
  let metrics = RecorderMetrics.inPlace()
  let spans = RecorderSpans.inPlace()
  private let guarded: Mutex<Guarded>
  private let lastID = Atomic<Int>(0)

  init(pool: PostgresPool, limits: RecorderLimits, logger: Logger) {
    self.pool = pool
    self.logger = logger
    guarded = Mutex(Guarded(state: RecorderState(limits: limits)))
  }

  // MARK: Callers

  /// Records a call's events in their order: a result for each.
  ///
  /// - Parameter deadline: How long it may take.
  func record(
    _ events: any RecordableEvents, deadline: Duration
  ) async throws(LedgerError) -> [RecordResult] {
    guard events.count > 0 else { return [] }
    guard let spans else { return try await wait(for: events, deadline) }
    return try await spans.call(events) { events throws(LedgerError) in
      try await wait(for: events, deadline)
    }
  }

  private func wait(
    for events: any RecordableEvents, _ deadline: Duration
  ) async throws(LedgerError) -> [RecordResult] {
    // Who comes cancelled has sent nothing.
    if Task.isCancelled {
      let error = Departure.cancelled.error(events.notRecorded)
      metrics?.answered(after: .zero, error: error)
      throw error
    }
    let id = lastID.add(1, ordering: .relaxed).newValue
    let now = ContinuousClock.now
    let end = now + min(max(deadline, .zero), .seconds(1_000_000_000))
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { caller in
        perform { $0.arrive(id, caller, events, deadline: end, now: now) }
        // A cancellation that came before found nobody to leave.
        if Task.isCancelled { leave(id) }
      }
    } onCancel: {
      leave(id)
    }
    return try outcome.get()
  }

  private func leave(_ id: Int) {
    perform { $0.leave(id, because: .cancelled, now: .now) }
  }

  // MARK: The end

  /// Takes no new calls and returns when all that are here have their answers.
  func drain() async {
    perform {
      $0.drain()
      return State.Consequences()
    }
    await wait { $0.calls.isEmpty }
  }

  /// Answers everybody at once; what is on its way ends when the pool is closed.
  func close() {
    perform { $0.close() }
  }

  /// Returns when no lane runs any more; to be called when nobody is left to be answered.
  func rest() async {
    await wait { $0.isIdle }
    let clock = guarded.withLock { guarded in
      defer { guarded.clock = nil }
      return guarded.clock
    }
    clock?.cancel()
    await clock?.value
  }

  private func wait(until isOver: @escaping @Sendable (State) -> Bool) async {
    await withCheckedContinuation { continuation in
      guarded.withLock { $0.waiters.append(Waiter(isOver: isOver, continuation: continuation)) }
      resumeWaiters()
    }
  }

  private func resumeWaiters() {
    let over: [Waiter] = guarded.withLock { guarded in
      guard !guarded.waiters.isEmpty else { return [] }
      let over = guarded.waiters.filter { $0.isOver(guarded.state) }
      guarded.waiters.removeAll { $0.isOver(guarded.state) }
      return over
    }
    for waiter in over { waiter.continuation.resume() }
  }

  // MARK: Doing what the state says

  /// Looks something up in the state, or changes it without consequences for others.
  func ask<Value: Sendable>(_ question: (inout State) -> Value) -> Value {
    guarded.withLock { question(&$0.state) }
  }

  /// Tells the state of an event and does what follows from it.
  ///
  /// - Returns: How many callers got their answers.
  @discardableResult
  func perform(_ event: (inout State) -> State.Consequences) -> Int {
    let consequences = guarded.withLock { guarded in
      let consequences = event(&guarded.state)
      if let alarm = consequences.alarm {
        guarded.clock?.cancel()
        guarded.clock = Task.detached { [weak self] in
          guard (try? await Task.sleep(until: alarm, clock: .continuous)) != nil else { return }
          self?.perform { $0.wake(now: .now) }
        }
      }
      return consequences
    }
    for lane in consequences.lanesToStart {
      // Begins here and now: for one who records alone, a change of threads would be a good part of the wait.
      Task.immediateDetached {
        await self.run(lane)
        self.resumeWaiters()
      }
    }
    for answer in consequences.answers {
      metrics?.answered(after: answer.arrived.duration(to: .now), error: answer.error)
      answer.caller.resume(returning: answer.outcome)
    }
    if !consequences.answers.isEmpty {
      metrics?.queued(ask { $0.occupied })
      resumeWaiters()
    }
    return consequences.answers.count
  }
}
