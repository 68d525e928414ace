import Glibc
import Synchronization

/// Whether somebody has pressed ^C, or asked the program to end, while it records.
///
/// The first signal asks for a stop in order; the second ends the program at once, which loses nothing either:
/// a batch is recorded whole or not at all.
final class StopRequest: Sendable {
  private struct State {
    var isMade = false
    var waiter: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  var isMade: Bool { state.withLock { $0.isMade } }

  /// Takes note of a signal.
  ///
  /// - Parameter first: called at the first one.
  func make(_ first: () -> Void) {
    let (wasMade, waiter) = state.withLock { state in
      defer { state = State(isMade: true) }
      return (state.isMade, state.waiter)
    }
    if wasMade { _exit(Failure.Code.interrupted.rawValue) }
    first()
    waiter?()
  }

  /// What the task gives, or `nil` once a stop is asked for: input that never comes keeps nobody from stopping.
  func value<Value: Sendable>(of task: Task<Value?, any Error>) async throws -> Value? {
    let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
    let isMade = state.withLock { state in
      state.waiter = { continuation.finish() }
      return state.isMade
    }
    if isMade { return nil }
    Task {
      _ = await task.result
      continuation.finish()
    }
    for await _ in ends {}
    return self.isMade ? nil : try await task.value
  }
}
