import Synchronization

/// Ends another thread's wait for the socket. Raised by the cancellation of a task.
final class WakeSignal: Sendable {
  /// Readable while the signal is raised; to be polled next to the socket.
  let descriptor: Int32
  private let writingEnd: Int32
  private let raised = Atomic<Bool>(false)

  init() throws(PostgresError) {
    guard let ends = SystemCalls.makeEnds() else {
      throw PostgresError(.unreachable, "no file descriptor is left for a connection")
    }
    descriptor = ends.reading
    writingEnd = ends.writing
  }

  deinit {
    SystemCalls.close(descriptor)
    SystemCalls.close(writingEnd)
  }

  var isRaised: Bool { raised.load(ordering: .acquiring) }

  func raise() {
    raised.store(true, ordering: .releasing)
    SystemCalls.signal(writingEnd)
  }

  /// Takes back a signal that came after the call it was meant for had ended.
  func lower() {
    guard raised.exchange(false, ordering: .acquiringAndReleasing) else { return }
    SystemCalls.drain(descriptor)
  }
}
