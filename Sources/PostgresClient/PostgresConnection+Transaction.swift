/// What a transaction sees and may do.
package enum TransactionMode: Sendable {
  case readWrite
  /// Changes nothing; each statement sees what was committed when it began.
  case reading
  /// Sees the database as it was at the first statement, throughout, and changes nothing: for several reports
  /// that have to agree.
  case snapshot

  var beginning: String {
    switch self {
    case .readWrite: "begin"
    case .reading: "begin isolation level read committed, read only"
    case .snapshot: "begin isolation level repeatable read, read only"
    }
  }
}

extension PostgresConnection {
  /// Runs `body` between BEGIN and COMMIT; rolls back when it throws.
  ///
  /// Statements of other tasks on this connection wait for the end; those of `body` and its child tasks go
  /// on. A connection lost inside `body` has changed nothing (`effect` is `.none`), one lost in the COMMIT
  /// may have.
  ///
  /// - Parameters:
  ///   - rollingBack: rolls back in the end in any case, as a trial run does.
  ///   - deadline: for all of it, `body` included, but not the COMMIT.
  ///   - commitDeadline: for the COMMIT alone, which may have to wait for a standby; `nil` for the connection's own.
  /// - Throws: what `body` throws, or `PostgresError`; `.rolledBack` when `body` passed over an error of a
  ///   statement, so that the server had nothing left to commit.
  package nonisolated func transaction<Value>(
    _ mode: TransactionMode = .readWrite, rollingBack: Bool = false, deadline: Duration? = nil,
    commitDeadline: Duration? = nil, _ body: (PostgresConnection) async throws -> Value
  ) async throws -> Value {
    let scope = ConnectionScope(.transaction, by: Deadline(after: deadline))
    try await begin(mode, scope)
    do {
      let value = try await scope.hold {
        try await body(self)
      }
      if rollingBack {
        await rollBack(scope)
      } else {
        try await commit(scope, within: commitDeadline ?? options.deadline)
      }
      turns.release(scope)
      return value
    } catch {
      await rollBack(scope)
      turns.release(scope)
      throw error
    }
  }

  private nonisolated func begin(
    _ mode: TransactionMode, _ scope: ConnectionScope
  ) async throws(PostgresError) {
    var grant = try await turns.take(scope, holding: ConnectionScope.held)
    grant.deadline = min(grant.deadline, Deadline(after: options.deadline))
    grant.commitIsToCome = true
    do throws(PostgresError) {
      try await perform(grant) { (libpq, deadline) throws(PostgresError) in
        if libpq.isInTransaction {
          throw PostgresError(.misuse, "a transaction is open on this connection already")
        }
        try libpq.send(script: mode.beginning)
        _ = try libpq.collect(until: deadline)
      }
    } catch {
      turns.release(scope)
      throw error
    }
  }

  private nonisolated func commit(
    _ transaction: ConnectionScope, within duration: Duration?
  ) async throws(PostgresError) {
    let scope = ConnectionScope(.statement, by: Deadline(after: duration))
    var grant = try await turns.take(scope, holding: ConnectionScope.held + [transaction])
    // The transaction's own deadline ends with the body.
    grant.deadline = scope.deadline
    grant.commitIsToCome = false
    let command = try await perform(grant, releasing: scope) {
      (libpq, deadline) throws(PostgresError) in
      guard libpq.isInTransaction else {
        throw PostgresError(.misuse, "the transaction was ended by its own body", effect: .unknown)
      }
      try libpq.send(script: "commit")
      return try libpq.collect(until: deadline).command
    }
    guard command == "COMMIT" else {
      throw PostgresError(
        .rolledBack, "the transaction was rolled back, as a statement in it had failed")
    }
  }

  /// Undoes what is still open of the transaction, if need be by closing the connection: it can't fail,
  /// doesn't heed cancellation, and doesn't wait long for a server that no longer answers.
  private nonisolated func rollBack(_ transaction: ConnectionScope) async {
    let scope = ConnectionScope(.statement, by: Deadline(after: .seconds(5)))
    do throws(PostgresError) {
      var grant = try await turns.take(scope, holding: ConnectionScope.held + [transaction])
      // The transaction's own deadline may be why it is rolled back.
      grant.deadline = scope.deadline
      try await perform(grant, releasing: scope, heedingCancellation: false) {
        (libpq, deadline) throws(PostgresError) in
        guard libpq.isInTransaction else { return }
        try libpq.send(script: "rollback")
        _ = try libpq.collect(until: deadline)
      }
    } catch {
      await close()
    }
  }
}
