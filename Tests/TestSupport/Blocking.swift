import Dispatch

/// Runs what blocks its thread, such as waiting for a program, on a thread that nobody else wants.
///
/// All tasks share as many threads as there are cores: a few tests that block theirs would stop all others.
package func blocking<Value>(_ body: () throws -> Value) async throws -> Value {
  try await withTaskExecutorPreference(BlockingExecutor.shared) { try body() }
}

/// Runs each piece of work on a thread of its own.
private final class BlockingExecutor: TaskExecutor {
  static let shared = BlockingExecutor()

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    // A queue of its own has a thread at once, where one for all would wait for threads to become free.
    DispatchQueue(label: "blocking").async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
