import GuaranteeLedger
import Synchronization
import TestSupport

/// Somebody who follows the journal in a task of its own and keeps what came.
final class FollowingTask: Sendable {
  private struct State {
    var lines: [JournalLine] = []
    var isOver = false
  }

  private let state = Mutex(State())
  private let task: Mutex<Task<Void, any Error>?> = Mutex(nil)

  init(_ feed: EventFeed) {
    let following = Task {
      defer { self.state.withLock { $0.isOver = true } }
      for try await event in feed { self.state.withLock { $0.lines.append(JournalLine(event)) } }
    }
    task.withLock { $0 = following }
  }

  var received: [JournalLine] { state.withLock { $0.lines } }

  /// Whether the feed has ended.
  var isOver: Bool { state.withLock { $0.isOver } }

  /// Returns once so many events have come.
  ///
  /// - Throws: What the feed threw, or `FeedEnded`, when they don't come any more.
  func waitUntil(count: Int) async throws {
    try await until { state.withLock { $0.lines.count >= count || $0.isOver } }
    let found = received.count
    guard found < count else { return }
    try await waitUntilEnded()
    throw FeedEnded(count: found)
  }

  /// Returns once the feed has ended by itself.
  ///
  /// - Throws: What the feed threw.
  func waitUntilEnded() async throws {
    try await task.withLock { $0 }?.value
  }

  /// Cancels the task, and returns once it has ended.
  ///
  /// - Throws: What the feed threw.
  func stop() async throws {
    let task = task.withLock { $0 }
    task?.cancel()
    try await task?.value
  }
}

/// A feed came to an end after so many events, and more were waited for.
struct FeedEnded: Error {
  let count: Int
}

extension FeedOptions {
  /// Options under which only a call ends a wait: no follower looks because it has waited for long.
  static var onlyWhenCalled: FeedOptions {
    var options = FeedOptions()
    options.pauses.longestWait = nil
    return options
  }
}
