import Dispatch

/// Returns when the condition holds, looking again and again.
///
/// Between two looks those who have to bring it about get the processor.
///
/// - Throws: what `condition` throws, or `CancellationError` when the test's time is up.
package func until(_ condition: () async throws -> Bool) async throws {
  while try await !condition() {
    try Task.checkCancellation()
    await withCheckedContinuation { continuation in
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(2)) { continuation.resume() }
    }
  }
}

/// Returns when a time has come that something else is to be seen to outlast.
package func until(_ time: ContinuousClock.Instant) async throws {
  try await until { ContinuousClock.now > time }
}
