import Synchronization

/// A number of places; who finds them all taken waits for one to become free.
final class Places: Sendable {
  private struct State {
    var freeCount: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  init(count: Int) {
    state = Mutex(State(freeCount: count))
  }

  func take() async {
    await withCheckedContinuation { continuation in
      let isTaken = state.withLock { state in
        guard state.freeCount > 0 else {
          state.waiting.append(continuation)
          return false
        }
        state.freeCount -= 1
        return true
      }
      if isTaken { continuation.resume() }
    }
  }

  func free() {
    let next = state.withLock { state in
      guard state.waiting.isEmpty else {
        return state.waiting.removeFirst() as CheckedContinuation<Void, Never>?
      }
      state.freeCount += 1
      return nil
    }
    next?.resume()
  }
}
