import Dispatch
import Synchronization

extension PostgresConnection {
  /// Connects to the first server that fits.
  ///
  /// - Parameter connectionString: as libpq has it: `key=value` pairs or a URI, with several hosts, a
  ///   service, or the name of a database alone. What it leaves out comes from libpq's environment variables
  ///   and files.
  /// - Throws: `.unreachable` with each host tried and why it failed; `.misuse` for a string that can't be
  ///   read; `.deadlineExceeded`; `.cancelled`.
  package static func connect(
    to connectionString: String, applicationName: String = "guarantee",
    connectTimeoutSeconds: Int = 10
  ) async throws(PostgresError) -> PostgresConnection {
    var options = PostgresConnectOptions()
    options.applicationName = applicationName
    options.connectTimeoutSeconds = connectTimeoutSeconds
    return try await connect(to: connectionString, options)
  }

  /// Connects as `connect(to:applicationName:connectTimeoutSeconds:)` does, with all that can be chosen.
  package static func connect(
    to connectionString: String, _ options: PostgresConnectOptions
  ) async throws(PostgresError) -> PostgresConnection {
    try await ConnectAttempt().connection(to: connectionString, options)
  }
}

extension PostgresConnection {
  /// Runs `body` with a connection that is closed when it ends, however it does.
  package static func withConnection<Value>(
    to connectionString: String, _ options: PostgresConnectOptions = PostgresConnectOptions(),
    _ body: (PostgresConnection) async throws -> Value
  ) async throws -> Value {
    let connection = try await connect(to: connectionString, options)
    do {
      let value = try await body(connection)
      await connection.close()
      return value
    } catch {
      await connection.close()
      throw error
    }
  }
}

/// One try to connect. libpq blocks while it goes through the hosts, and nothing can stop it there; so the
/// first of its answer, the deadline and a cancellation ends the wait, and a connection that comes later is
/// closed.
private final class ConnectAttempt: Sendable {
  private typealias Outcome = Result<PostgresConnection, PostgresError>

  private enum State {
    case begun
    case waiting(CheckedContinuation<Outcome, Never>)
    /// Ended before the wait began.
    case ended(Outcome)
    case delivered
  }

  private let state = Mutex(State.begun)

  func connection(
    to connectionString: String, _ options: PostgresConnectOptions
  ) async throws(PostgresError) -> PostgresConnection {
    let outcome = await withTaskCancellationHandler {
      start(connectionString, options)
      return await withCheckedContinuation { wait($0) }
    } onCancel: {
      end(.failure(PostgresError(.cancelled, "the connecting was cancelled")))
    }
    return try outcome.get()
  }

  private func start(_ connectionString: String, _ options: PostgresConnectOptions) {
    let executor = QueueExecutor(label: "PostgresConnection")
    executor.queue.async {
      self.end(
        Result { () throws(PostgresError) in
          let wake = try WakeSignal()
          let libpq = try LibPQ(
            options: options.keywords(for: connectionString), wake: wake,
            notices: NoticeInbox(handler: options.onNotice))
          let deadline = Deadline(after: options.deadline ?? .seconds(options.connectTimeoutSeconds))
          try libpq.requireISODates(by: deadline)
          if options.asksForReadWrite(connectionString) { try libpq.requireReadWrite(by: deadline) }
          return PostgresConnection(libpq, executor: executor, wake: wake, options: options)
        })
    }
    guard let milliseconds = Deadline(after: options.deadline).millisecondsLeft else { return }
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) {
      let message = "no server took the connection before the deadline"
      self.end(.failure(PostgresError(.deadlineExceeded, message)))
    }
  }

  private func wait(_ continuation: CheckedContinuation<Outcome, Never>) {
    let outcome: Outcome? = state.withLock { state in
      if case .ended(let outcome) = state {
        state = .delivered
        return outcome
      }
      state = .waiting(continuation)
      return nil
    }
    if let outcome { continuation.resume(returning: outcome) }
  }

  private func end(_ outcome: Outcome) {
    let waiting: CheckedContinuation<Outcome, Never>? = state.withLock { state in
      switch state {
      case .begun:
        state = .ended(outcome)
        return nil
      case .waiting(let continuation):
        state = .delivered
        return continuation
      case .ended, .delivered:
        return nil
      }
    }
    waiting?.resume(returning: outcome)
  }
}

extension LibPQ {
  /// Dates are read as `2026-11-25`, whatever the database or the role prefers. Poolers keep this setting for
  /// each of their clients.
  fileprivate func requireISODates(by deadline: Deadline) throws(PostgresError) {
    guard setting("DateStyle")?.hasPrefix("ISO") == false else { return }
    try send(script: "set datestyle to iso")
    _ = try collect(until: deadline)
  }

  /// What speaks against it may not be so any more, and costs a question; what speaks for it is shown by the first
  /// change.
  fileprivate func requireReadWrite(by deadline: Deadline) throws(PostgresError) {
    let hints = ["in_hot_standby", "default_transaction_read_only"]
    guard hints.contains(where: { setting($0) != "off" }) else { return }
    try send(script: "show transaction_read_only")
    guard try collect(until: deadline).value == "on" else { return }
    throw PostgresError(
      .unreachable, "connection to server at \"\(host)\", port \(port) failed: session is read-only")
  }
}
