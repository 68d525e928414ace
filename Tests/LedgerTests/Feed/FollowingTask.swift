import GuaranteeLedger
import Synchronization

/// Somebody who follows the journal in a task of its own and keeps what came.
final class FollowingTask: Sendable {
  private let lines = Mutex<[JournalLine]>([])
  private let task: Mutex<Task<Void, any Error>?> = Mutex(nil)

  init(_ feed: EventFeed) {
    let following = Task {
      for try await event in feed { self.lines.withLock { $0.append(JournalLine(event)) } }
    }
    task.withLock { $0 = following }
  }

  var received: [JournalLine] { lines.withLock { $0 } }

  /// Returns once so many events have come.
  func waitUntil(count: Int) async {
    while lines.withLock({ $0.count }) < count { await Task.yield() }
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

extension FeedOptions {
  /// Options under which only a call ends a wait: no follower looks because it has waited for long.
  static var onlyWhenCalled: FeedOptions {
    var options = FeedOptions()
    options.pauses.longestWait = nil
    return options
  }
}
