import Dispatch
import Synchronization

/// Connections to one database that tasks share: each has one to itself for as long as it works with it.
///
/// Connections are opened when they are needed, up to a limit, and kept open. One that broke is left out; while
/// no server takes us, one attempt after the other is made, with growing delays. `PoolStateMachine` decides all
/// of it; this type does as it says.
package final class PostgresPool: Sendable {
  private struct State {
    var machine: PoolStateMachine
    var hosts: HostOrder
    var connections: [PoolConnectionID: PostgresConnection] = [:]
    var waits: [PoolWaiterID: Wait] = [:]
    var drains: [CheckedContinuation<Void, Never>] = []
  }

  private typealias Outcome = Result<Lease, PostgresError>

  private enum Wait {
    /// The caller has not begun to wait yet.
    case begun
    case waiting(CheckedContinuation<Outcome, Never>)
    /// Ended before the wait began.
    case ended(Outcome)
  }

  /// What one caller has for a time.
  private struct Lease: Sendable {
    let id: PoolConnectionID
    let connection: PostgresConnection
  }

  /// An action with all that it takes to do it outside the lock.
  private enum Effect {
    case connect(PoolConnectionID)
    case check(Lease)
    case resume(CheckedContinuation<Outcome, Never>, Outcome)
    case close(PostgresConnection)
    case wake(at: ContinuousClock.Instant)
    case finish([CheckedContinuation<Void, Never>])
  }

  private let options: PostgresPoolOptions
  private let state: Mutex<State>

  /// Opens nothing yet.
  package init(_ connectionString: String, _ options: PostgresPoolOptions = PostgresPoolOptions()) {
    self.options = options
    state = Mutex(State(machine: PoolStateMachine(options.settings), hosts: HostOrder(connectionString)))
  }

  /// Runs `body` with a connection that nobody else has meanwhile. It must not outlive `body`, and `body` must
  /// not ask the same pool again, or it may wait for itself.
  ///
  /// First come, first served. A connection that comes back in the midst of a transaction or a stream, or is
  /// still being used by a task that `body` left behind, is closed.
  ///
  /// - Parameters:
  ///   - deadline: how long to wait for a connection; `nil` without end. `body` has its own deadlines.
  ///   - retryingConnect: whether to try again while no server takes us; otherwise the first failure is thrown.
  ///     What can't get better by waiting (a bad login, a database that isn't there, a string that can't be
  ///     read) always fails at once.
  /// - Throws: what `body` throws, or `PostgresError`: `.unreachable` with the last reason; `.deadlineExceeded`
  ///   when all connections stayed in use; `.cancelled`; `.closed`; `.misuse`. The effect is none.
  package func withConnection<Value>(
    deadline: Duration? = nil, retryingConnect: Bool = true,
    _ body: (PostgresConnection) async throws -> Value
  ) async throws -> Value {
    let lease = try await take(
      by: deadline.map { ContinuousClock.now + $0 }, isPatient: retryingConnect)
    defer { giveBack(lease, condition(of: lease.connection)) }
    return try await body(lease.connection)
  }

  /// Takes no new calls, serves those that wait, and returns when all has come back. Cancelling it makes it
  /// `close()`.
  package func drain() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        perform { state in
          state.drains.append(continuation)
          return state.machine.drain(at: .now)
        }
      }
    } onCancel: {
      perform { $0.machine.close() }
    }
  }

  /// Closes all connections at once. Statements on their way fail with `.closed`, their effect unknown; calls
  /// that wait fail, too.
  package func close() async {
    let open = state.withLock { Array($0.connections.values) }
    perform { $0.machine.close() }
    for connection in open { await connection.close() }
  }

  /// How it stands at this moment.
  package var status: PostgresPoolStatus {
    state.withLock { PostgresPoolStatus($0.machine) }
  }

  // MARK: Taking and giving back

  private func take(by deadline: ContinuousClock.Instant?, isPatient: Bool) async throws(PostgresError)
    -> Lease
  {
    while true {
      let (outcome, needsLook) = await ask(by: deadline, isPatient: isPatient)
      let lease = try outcome.get()
      if !needsLook || lease.connection.isQuiet { return lease }
      giveBack(lease, .unsure)
    }
  }

  private func ask(
    by deadline: ContinuousClock.Instant?, isPatient: Bool
  ) async -> (Outcome, needsLook: Bool) {
    enum Answer {
      case settled(Outcome, needsLook: Bool)
      case wait(PoolWaiterID, [Effect])
    }
    let answer: Answer = state.withLock { state in
      switch state.machine.ask(by: deadline, isPatient: isPatient, at: .now) {
      case .take(let id, let looking):
        guard let connection = state.connections[id] else {
          return .settled(.failure(Self.vanished), needsLook: false)
        }
        return .settled(.success(Lease(id: id, connection: connection)), needsLook: looking)
      case .refuse(let error):
        return .settled(.failure(error), needsLook: false)
      case .wait(let waiter, let actions):
        state.waits[waiter] = .begun
        return .wait(waiter, Self.effects(of: actions, &state))
      }
    }
    switch answer {
    case .settled(let outcome, let needsLook):
      return (outcome, needsLook)
    case .wait(let waiter, let effects):
      run(effects)
      return (await wait(waiter), needsLook: false)
    }
  }

  private func wait(_ waiter: PoolWaiterID) async -> Outcome {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let outcome: Outcome? = state.withLock { state in
          if case .ended(let outcome) = state.waits[waiter] {
            state.waits[waiter] = nil
            return outcome
          }
          state.waits[waiter] = .waiting(continuation)
          return nil
        }
        if let outcome { continuation.resume(returning: outcome) }
      }
    } onCancel: {
      perform { $0.machine.cancel(waiter, at: .now) }
    }
  }

  private func giveBack(_ lease: Lease, _ condition: PoolStateMachine.Condition) {
    perform { state in
      if condition == .broken || condition == .demoted { state.hosts.avoid(lease.connection.server.address) }
      return state.machine.giveBack(lease.id, condition, at: .now)
    }
  }

  private func condition(of connection: PostgresConnection) -> PoolStateMachine.Condition {
    if connection.isRetired { return .demoted }
    if connection.isReusable { return .sound }
    return connection.isLost ? .broken : .abandoned
  }

  // MARK: Doing what the state machine says

  /// Tells the state machine of an event and does what follows from it.
  private func perform(_ event: (inout sending State) -> [PoolAction]) {
    run(
      state.withLock { state in
        let actions = event(&state)
        return Self.effects(of: actions, &state)
      })
  }

  private static func effects(of actions: [PoolAction], _ state: inout State) -> [Effect] {
    actions.compactMap { action in
      switch action {
      case .connect(let id): return .connect(id)
      case .check(let id): return state.connections[id].map { .check(Lease(id: id, connection: $0)) }
      case .close(let id): return state.connections.removeValue(forKey: id).map { .close($0) }
      case .wake(let instant): return .wake(at: instant)
      case .hand(let id, let waiter):
        let outcome = state.connections[id].map { Outcome.success(Lease(id: id, connection: $0)) }
        return end(waiter, outcome ?? .failure(vanished), &state)
      case .fail(let waiter, let error):
        return end(waiter, .failure(error), &state)
      case .finish:
        defer { state.drains = [] }
        return .finish(state.drains)
      }
    }
  }

  private static func end(_ waiter: PoolWaiterID, _ outcome: Outcome, _ state: inout State) -> Effect? {
    if case .waiting(let continuation) = state.waits[waiter] {
      state.waits[waiter] = nil
      return .resume(continuation, outcome)
    }
    state.waits[waiter] = .ended(outcome)
    return nil
  }

  private static let vanished = PostgresError(.closed, "the connection is closed")

  private func run(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .connect(let id): Task.detached { await self.connect(id) }
      case .check(let lease): Task.detached { await self.check(lease) }
      case .resume(let continuation, let outcome): continuation.resume(returning: outcome)
      case .close(let connection):
        options.onEvent(.closed(connection.server))
        Task.detached { await connection.close() }
      case .wake(let instant): wake(at: instant)
      case .finish(let drains): for drain in drains { drain.resume() }
      }
    }
  }

  private func connect(_ id: PoolConnectionID) async {
    do throws(PostgresError) {
      let target = state.withLock { $0.hosts.connectionString }
      let connection = try await PostgresConnection.connect(to: target, options.connect)
      options.onEvent(.opened(connection.server))
      perform { state in
        state.connections[id] = connection
        state.hosts.prefer(connection.server.address)
        return state.machine.connected(id, at: .now)
      }
    } catch {
      options.onEvent(.connectFailed(error))
      let random = UInt64.random(in: 0...UInt64.max)
      perform {
        $0.machine.connectFailed(
          id, error, isPermanent: error.isPermanentRefusal, random: random, at: .now)
      }
    }
  }

  private func check(_ lease: Lease) async {
    let answer = try? await lease.connection.query("select 1", deadline: options.checkTimeout)
    let isSound = answer != nil && lease.connection.isReusable
    perform { state in
      if !isSound { state.hosts.avoid(lease.connection.server.address) }
      return state.machine.checked(lease.id, isSound: isSound, at: .now)
    }
  }

  private func wake(at instant: ContinuousClock.Instant) {
    let milliseconds = Deadline(at: instant).millisecondsLeft ?? 0
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [weak self] in
      self?.perform { $0.machine.tick(at: .now) }
    }
  }
}
