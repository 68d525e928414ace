import Synchronization

/// A count that goes up, for others to wait until it has come so far.
final class Milestones: Sendable {
  private struct State {
    var count = 0
    var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  var count: Int { state.withLock { $0.count } }

  func advance(by step: Int) {
    let reached = state.withLock { state in
      state.count += step
      let reached = state.waiting.filter { $0.count <= state.count }
      state.waiting.removeAll { $0.count <= state.count }
      return reached
    }
    for waiter in reached { waiter.continuation.resume() }
  }

  /// Returns when the count is at least so high.
  func reach(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isReached = state.withLock { state in
        if state.count >= count { return true }
        state.waiting.append((count, continuation))
        return false
      }
      if isReached { continuation.resume() }
    }
  }
}
