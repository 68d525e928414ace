import Dispatch
import Synchronization

/// Gives the connection to one scope after the other, first come first served.
///
/// A scope may also be opened inside a transaction by the tasks of its body; it then lies on top of it.
/// Waiting ends by the deadline or cancellation of the one who waits, whatever the one who has the connection
/// does.
final class ConnectionTurns: Sendable {
  /// What holds for work in a scope from the scopes below it.
  struct Grant: Sendable {
    var deadline: Deadline
    /// Whether what gets lost is certain to be rolled back, since COMMIT is still to come.
    var commitIsToCome: Bool
  }

  private struct Waiter {
    let scope: ConnectionScope
    let held: [ConnectionScope]
    let continuation: CheckedContinuation<PostgresError?, Never>
  }

  private struct State {
    /// Outermost first; the last one has the connection.
    var scopes: [ConnectionScope] = []
    var waiters: [Waiter] = []

    var grant: Grant {
      Grant(
        deadline: scopes.map(\.deadline).min() ?? .never,
        commitIsToCome: scopes.dropLast().contains { $0.kind == .transaction })
    }

    func isFree(forHolder held: [ConnectionScope]) -> Bool {
      scopes.last.map { held.contains($0) } ?? true
    }
  }

  private let state = Mutex(State())

  /// Opens a scope, when the connection is free for a task that holds the given scopes.
  ///
  /// - Throws: `.misuse` at once when the task would wait for itself.
  func take(
    _ scope: ConnectionScope, holding held: [ConnectionScope]
  ) async throws(PostgresError) -> Grant {
    let taken: Bool = try state.withLock { state throws(PostgresError) in
      try Self.requireRoom(for: scope, inside: state.scopes.last { held.contains($0) })
      guard state.isFree(forHolder: held) else { return false }
      state.scopes.append(scope)
      return true
    }
    if !taken, let error = await wait(scope, held) { throw error }
    return state.withLock { $0.grant }
  }

  /// Whether nobody has the connection.
  var isFree: Bool { state.withLock { $0.scopes.isEmpty } }

  /// Closes a scope and gives the connection to the next who may have it.
  func release(_ scope: ConnectionScope) {
    let next: Waiter? = state.withLock { state in
      state.scopes.removeAll { $0 == scope }
      let index = state.waiters.firstIndex { state.isFree(forHolder: $0.held) }
      guard let index else { return nil }
      let waiter = state.waiters.remove(at: index)
      state.scopes.append(waiter.scope)
      return waiter
    }
    next?.continuation.resume(returning: nil)
  }

  private static func requireRoom(
    for scope: ConnectionScope, inside outer: ConnectionScope?
  ) throws(PostgresError) {
    switch (outer?.kind, scope.kind) {
    case (.transfer, _), (.statement, _):
      throw PostgresError(
        .misuse, "a statement can't run inside a stream or COPY on the same connection")
    case (.transaction, .transaction):
      throw PostgresError(.misuse, "a transaction is open on this connection already")
    default:
      return
    }
  }

  private func wait(_ scope: ConnectionScope, _ held: [ConnectionScope]) async -> PostgresError? {
    if let milliseconds = scope.deadline.millisecondsLeft {
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) {
        [weak self] in
        self?.fail(scope, .deadlineExceeded, "the connection stayed in use past the deadline")
      }
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { add(Waiter(scope: scope, held: held, continuation: $0)) }
    } onCancel: {
      fail(scope, .cancelled, "the call was cancelled before it began")
    }
  }

  private func add(_ waiter: Waiter) {
    let isFree = state.withLock { state in
      // The connection may have become free since it was asked for.
      if state.isFree(forHolder: waiter.held) {
        state.scopes.append(waiter.scope)
        return true
      }
      state.waiters.append(waiter)
      return false
    }
    if isFree { waiter.continuation.resume(returning: nil) }
    // A cancellation that came before the waiter was there found nothing to end.
    if !isFree && Task.isCancelled {
      fail(waiter.scope, .cancelled, "the call was cancelled before it began")
    }
  }

  /// Ends a wait with an error; does nothing when it has ended already.
  private func fail(_ scope: ConnectionScope, _ kind: PostgresError.Kind, _ message: String) {
    let waiter: Waiter? = state.withLock { state in
      state.waiters.firstIndex { $0.scope == scope }.map { state.waiters.remove(at: $0) }
    }
    waiter?.continuation.resume(returning: PostgresError(kind, message))
  }
}
