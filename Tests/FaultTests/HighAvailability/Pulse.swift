import Dispatch
import Synchronization

/// Watches how late this process's own tasks are: where a machine has too much to do, an answer that came in time is
/// seen late as well, and that is not the library's doing.
final class Pulse: Sendable {
  private struct State {
    var due = ContinuousClock.now
    var beats: [(at: ContinuousClock.Instant, lag: Duration)] = []
  }

  private let state = Mutex(State())
  private static let interval = Duration.milliseconds(50)

  /// Beats until it is cancelled.
  func run() async {
    while !Task.isCancelled {
      let due = ContinuousClock.now + Self.interval
      state.withLock { $0.due = due }
      await turn(at: due)
      let now = ContinuousClock.now
      state.withLock { $0.beats.append((now, due.duration(to: now))) }
    }
  }

  /// The most that a task has had to wait for its turn since then.
  func greatestLag(since start: ContinuousClock.Instant) -> Duration {
    state.withLock { state in
      state.beats.reversed().prefix { $0.at >= start }.map(\.lag)
        .reduce(max(.zero, state.due.duration(to: .now)), max)
    }
  }
}

/// Returns when it is time. Not to wait until something has happened, but for the pace at which callers call.
func turn(at time: ContinuousClock.Instant) async {
  let left = ContinuousClock.now.duration(to: time)
  guard left > .zero else { return }
  await withCheckedContinuation { continuation in
    let nanoseconds = Int(left / .nanoseconds(1))
    DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) { continuation.resume() }
  }
}
