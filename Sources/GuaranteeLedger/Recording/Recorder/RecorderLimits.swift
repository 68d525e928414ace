/// How much the recorder takes on at once.
struct RecorderLimits: Sendable {
  /// Batches that may be on their way at once, each on a connection of its own.
  var lanes = 2
  /// Events in one batch at most.
  var batchLimit = 1_000
  /// Events that are taken in at most, sent or not.
  var queueLimit = 10_000
  /// How long a batch may take before its connection is given up; doubled with each attempt.
  var attemptTimeout: Duration = .seconds(10)
  /// What is waited for before a failed batch is sent again; doubled with each failure in a row.
  var firstPause: Duration = .milliseconds(20)
  var longestPause: Duration = .seconds(2)

  /// Events of one call that are taken before it is the next call's turn.
  var quantum: Int { max(1, batchLimit / 8) }
  /// Events of one call that may be inside at once, so that one long call never fills the queue.
  var share: Int { max(1, queueLimit / 2) }

  /// The pause after so many failures in a row.
  ///
  /// - Parameter jitter: 0 to 1023, by chance: so that many clients don't come back at the same moment.
  func pause(after failures: Int, jitter: Int) -> Duration {
    let doubled = min(firstPause * (1 << min(max(failures - 1, 0), 16)), longestPause)
    // Between half of it and all of it.
    return doubled / 2 + doubled * jitter / 2_048
  }

  /// How long a batch waits for a book.
  ///
  /// - Parameter isHeld: Whether one is known to be held for longer: its next attempts keep the others waiting, too.
  func bookPatience(isHeld: Bool) -> Duration {
    attemptTimeout / (isHeld ? 20 : 5)
  }

  /// What a batch gets that was sent so often before without an answer.
  func timeout(after attempts: Int) -> Duration {
    attemptTimeout * (1 << min(attempts, 10))
  }
}
