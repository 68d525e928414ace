import PostgresClient
import Synchronization

/// Records the events of many tasks in common batches.
///
/// `RecorderState` decides; this type performs. A lane is a task that exists while there is something to be
/// sent on it: it takes a connection from the pool, sends a batch, hands out the results, lets those who got
/// theirs go on, and then takes what has gathered meanwhile.
final class Recorder: Sendable {
  private typealias Caller = CheckedContinuation<Result<[RecordResult], LedgerError>, Never>
  private typealias State = RecorderState<Caller>

  private struct Guarded {
    var state: State
    var clock: Task<Void, Never>?
    /// Those who wait for the recorder to be idle.
    var drains: [CheckedContinuation<Void, Never>] = []
  }

  private let pool: PostgresPool
  private let guarded: Mutex<Guarded>
  private let lastID = Atomic<Int>(0)

  init(pool: PostgresPool, limits: RecorderLimits) {
    self.pool = pool
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
    await withCheckedContinuation { continuation in
      guarded.withLock { $0.drains.append(continuation) }
      resumeDrainsIfIdle()
    }
  }

  /// Answers everybody at once; what is on its way ends when the pool is closed.
  func close() {
    perform { $0.close() }
  }

  private func resumeDrainsIfIdle() {
    let drains: [CheckedContinuation<Void, Never>] = guarded.withLock { guarded in
      guard guarded.state.phase != .open, guarded.state.isIdle else { return [] }
      guarded.clock?.cancel()
      guarded.clock = nil
      defer { guarded.drains = [] }
      return guarded.drains
    }
    for drain in drains { drain.resume() }
  }

  // MARK: Doing what the state says

  /// Tells the state of an event and does what follows from it.
  ///
  /// - Returns: How many callers got their answers.
  @discardableResult
  private func perform(_ event: (inout State) -> State.Consequences) -> Int {
    let consequences = guarded.withLock { guarded in
      let consequences = event(&guarded.state)
      if let alarm = consequences.alarm {
        guarded.clock?.cancel()
        guarded.clock = Task.detached { await self.ring(at: alarm) }
      }
      return consequences
    }
    for lane in consequences.lanesToStart { Task.detached { await self.run(lane) } }
    for answer in consequences.answers { answer.caller.resume(returning: answer.outcome) }
    if !consequences.answers.isEmpty { resumeDrainsIfIdle() }
    return consequences.answers.count
  }

  private func ring(at alarm: ContinuousClock.Instant) async {
    guard (try? await Task.sleep(until: alarm, clock: .continuous)) != nil else { return }
    perform { $0.wake(now: .now) }
  }

  // MARK: Lanes

  /// How long a lane waits for a connection before it looks whether anybody still wants it.
  private static let connectPatience = Duration.seconds(5)

  /// Sends one batch after the other while there are any.
  private func run(_ lane: Int) async {
    while guarded.withLock({ $0.state.goesOn(lane, now: .now) }) {
      do {
        let answered = try await pool.withConnection(deadline: Self.connectPatience) { connection in
          await sendBatch(of: lane, over: connection)
        }
        await gather(lane, after: answered)
      } catch let error as PostgresError {
        let isLasting = error.isPermanentRefusal || error.kind == .closed
        let (failure, jitter) = (LedgerError(error), Self.jitter())
        perform { $0.failToConnect(lane, failure, isLasting: isLasting, jitter: jitter, now: .now) }
      } catch {
        let failure = LedgerError(.database, "Something unexpected happened: \(error).")
        perform { $0.failToConnect(lane, failure, isLasting: true, jitter: 0, now: .now) }
      }
    }
    resumeDrainsIfIdle()
  }

  /// - Returns: How many callers got their answers.
  private func sendBatch(of lane: Int, over connection: PostgresConnection) async -> Int {
    guard let sending = guarded.withLock({ $0.state.take(lane, now: .now) }) else { return 0 }
    do throws(BatchFailure) {
      let results = try await RecordingAttempt(sending, over: connection).results()
      return perform { $0.succeed(lane, results, now: .now) }
    } catch {
      if error.spoilsConnection { await connection.close() }
      return fail(lane, error, session: connection.isOpen ? nil : connection.server.backendPID)
    }
  }

  private func fail(_ lane: Int, _ failure: BatchFailure, session: Int32?) -> Int {
    let jitter = Self.jitter()
    return perform { $0.fail(lane, failure, session: session, jitter: jitter, now: .now) }
  }

  /// Lets the callers who just got their answers send what they have next, so that it goes into one batch: a
  /// batch of one takes nearly as long as one of thirty. No timer: it ends when nobody sends any more.
  private func gather(_ lane: Int, after answered: Int) async {
    var before = -1
    for _ in 0..<4 {
      let waiting = guarded.withLock { $0.state.waiting(on: lane) }
      guard waiting < answered, waiting > before else { return }
      before = waiting
      await Task.yield()
    }
  }

  private static func jitter() -> Int { Int.random(in: 0..<1_024) }
}
