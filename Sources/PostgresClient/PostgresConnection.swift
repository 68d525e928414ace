import Synchronization

/// A connection to PostgreSQL. Statements of several tasks run one after the other.
///
/// It runs on a queue of its own and blocks there, never in the pool of threads that tasks share. A caller
/// that lives on `unownedExecutor` too (an actor can return it as its own) saves the change of threads.
///
/// Every call takes a deadline, or inherits that of its transaction and of the connection. When it passes, or
/// the calling task is cancelled, with a statement on its way, the socket is closed and the statement's
/// effect is unknown. A cancel request is never sent, since it can make an unsafe commit look like a safe
/// one.
package actor PostgresConnection {
  /// Where this connection goes to.
  package nonisolated let server: PostgresServerInfo
  nonisolated let options: PostgresConnectOptions
  nonisolated let turns = ConnectionTurns()
  private nonisolated let executor: QueueExecutor
  private nonisolated let wake: WakeSignal
  private nonisolated let open = Atomic<Bool>(true)
  private nonisolated let inTransaction = Atomic<Bool>(false)
  private nonisolated let retired = Atomic<Bool>(false)
  private nonisolated let lost = Atomic<Bool>(false)
  nonisolated let pooling = Atomic<Pooling>(.unknown)
  private nonisolated let socket: Int32
  /// `nil` once the connection is closed.
  private var libpq: LibPQ?

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  init(
    _ libpq: sending LibPQ, executor: QueueExecutor, wake: WakeSignal,
    options: PostgresConnectOptions
  ) {
    self.executor = executor
    self.wake = wake
    self.options = options
    server = PostgresServerInfo(libpq)
    socket = libpq.socket
    self.libpq = libpq
  }

  /// Whether statements can be sent. Becomes false when the connection is closed or a statement finds it
  /// lost.
  package nonisolated var isOpen: Bool { open.load(ordering: .acquiring) }

  /// Whether another caller may have the connection next: it is open, and nobody has left anything unfinished on
  /// it.
  nonisolated var isReusable: Bool {
    isOpen && !inTransaction.load(ordering: .acquiring) && turns.isFree
  }

  /// Whether the server or the network is why it is no longer open, and not whoever used it.
  nonisolated var isLost: Bool { lost.load(ordering: .acquiring) }

  /// Whether the server has said nothing since the last statement, not even that it is gone. To be asked while
  /// nobody uses the connection.
  nonisolated var isQuiet: Bool { isOpen && SystemCalls.isQuiet(socket) }

  /// Has the pool close the connection when it comes back, and those that lie idle: the server is not, or no
  /// longer, the one that is wanted.
  package nonisolated func retire() { retired.store(true, ordering: .releasing) }

  /// Whether the connection is not to be used again.
  package nonisolated var isRetired: Bool { retired.load(ordering: .acquiring) }

  /// Closes the connection at once. A statement that is on its way fails with `.closed`, its effect unknown;
  /// a transaction that is open is rolled back.
  package nonisolated func close() async {
    open.store(false, ordering: .releasing)
    wake.raise()
    await drop()
  }

  private func drop() {
    libpq = nil
    open.store(false, ordering: .releasing)
  }

  /// Closes the connection when a statement is still in progress or the server is gone.
  func closeUnlessReady() {
    guard let libpq, !libpq.isReady else { return }
    if libpq.isBroken { lost.store(true, ordering: .releasing) }
    drop()
  }

  // MARK: Running work on libpq

  /// Waits for the caller's turn, then runs one statement's work.
  nonisolated func perform<Value: Sendable>(
    _ duration: Duration?, _ work: @Sendable (LibPQ, Deadline) throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    let scope = ConnectionScope(.statement, by: Deadline(after: duration ?? options.deadline))
    let grant = try await turns.take(scope, holding: ConnectionScope.held)
    return try await perform(grant, releasing: scope, work)
  }

  /// Runs work whose turn it is, on the connection's queue.
  ///
  /// - Parameter scope: what ends with the work; `nil` when the turn goes on.
  func perform<Value: Sendable>(
    _ grant: ConnectionTurns.Grant, releasing scope: ConnectionScope? = nil,
    heedingCancellation: Bool = true,
    _ work: @Sendable (LibPQ, Deadline) throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    defer { if let scope { turns.release(scope) } }
    guard heedingCancellation else { return try run(work, grant) }
    if Task.isCancelled {
      throw PostgresError(.cancelled, "the call was cancelled before it began")
    }
    // Takes back a cancellation that came when the call it was meant for had just ended.
    if isOpen { wake.lower() }
    let outcome: Result<Value, PostgresError> = await withTaskCancellationHandler {
      do throws(PostgresError) {
        return .success(try run(work, grant))
      } catch {
        return .failure(error)
      }
    } onCancel: {
      wake.raise()
    }
    return try outcome.get()
  }

  private func run<Value: Sendable>(
    _ work: (LibPQ, Deadline) throws(PostgresError) -> Value, _ grant: ConnectionTurns.Grant
  ) throws(PostgresError) -> Value {
    guard let libpq, isOpen else { throw PostgresError(.closed, "the connection is closed") }
    let deadline = grant.deadline == .never ? Deadline(after: options.silence) : grant.deadline
    defer { inTransaction.store(libpq.isInTransaction, ordering: .releasing) }
    do throws(PostgresError) {
      // What goes on piece by piece never waits for a server that is always ahead, so it would never be late.
      if deadline.hasPassed && !libpq.isReady { throw libpq.tooLate }
      let value = try work(libpq, deadline)
      guard libpq.notices.popReplicationUnconfirmed() else { return value }
      throw PostgresError(
        .replicationUnconfirmed, "committed, but the standby did not confirm it", effect: .unknown)
    } catch {
      var error = error
      if libpq.notices.popReplicationUnconfirmed() { error.effect = .unknown }
      if grant.commitIsToCome { error.effect = .none }
      if error.kind == .cancelled && !isOpen { error.kind = .closed }
      if error.sqlState == .readOnlyTransaction && options.requiresReadWrite { retire() }
      if !libpq.isReady {
        let isTheirs = [.connectionLost, .deadlineExceeded].contains(error.kind)
        if isTheirs { lost.store(true, ordering: .releasing) }
        drop()
      }
      throw error
    }
  }
}
