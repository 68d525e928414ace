/// The rows that were at hand at once.
private struct RowBatch: Sendable {
  var columns: [PostgresColumn] = []
  var rows: [PostgresRow] = []
  var isLast = false
}

extension PostgresConnection {
  /// Runs one statement and hands over its rows as they come, at the pace of `body`, in constant memory.
  ///
  /// Until it returns, other tasks' statements on this connection wait, and `body` can't run any on it. When
  /// `body` throws, or the task is cancelled, before the last row, the connection is closed, since the rows
  /// left can neither be refused without a cancel request nor be counted.
  ///
  /// - Parameter deadline: for what the server takes in all; the time that `body` takes counts neither to this nor,
  ///   while the stream goes on, to the deadline of a transaction around it.
  /// - Returns: the columns, also when there was no row.
  @discardableResult
  package nonisolated func stream(
    _ sql: String, _ parameters: [String?] = [], deadline: Duration? = nil,
    _ body: ([PostgresColumn], PostgresRow) async throws -> Void
  ) async throws -> [PostgresColumn] {
    try await streamBatches(sql, parameters, deadline: deadline) { columns, rows in
      for row in rows { try await body(columns, row) }
    }
  }

  /// Runs one statement as `stream` does, and hands over as many rows at once as have come, a few hundred at
  /// most.
  @discardableResult
  package nonisolated func streamBatches(
    _ sql: String, _ parameters: [String?] = [], deadline: Duration? = nil,
    _ body: ([PostgresColumn], [PostgresRow]) async throws -> Void
  ) async throws -> [PostgresColumn] {
    let scope = transferScope(deadline)
    var grant = try await beginStream(sql, parameters, scope)
    do {
      var columns: [PostgresColumn] = []
      try await scope.hold {
        var isLast = false
        while !isLast {
          let batch = try await nextBatch(grant)
          // The end may come in a batch of its own, which has neither rows nor columns.
          if !batch.columns.isEmpty { columns = batch.columns }
          if !batch.rows.isEmpty {
            let start = ContinuousClock.now
            try await body(columns, batch.rows)
            grant.deadline = grant.deadline.later(by: ContinuousClock.now - start)
          }
          isLast = batch.isLast
        }
      }
      await endTransfer(scope)
      return columns
    } catch {
      await endTransfer(scope)
      throw error
    }
  }

  private nonisolated func beginStream(
    _ sql: String, _ parameters: [String?], _ scope: ConnectionScope
  ) async throws(PostgresError) -> ConnectionTurns.Grant {
    try await beginTransfer(scope) { (libpq, deadline) throws(PostgresError) in
      try libpq.send(sql, parameters)
      libpq.useSingleRows()
      try libpq.flush(until: deadline)
    }
  }

  private nonisolated func nextBatch(_ grant: ConnectionTurns.Grant) async throws(PostgresError)
    -> RowBatch
  {
    try await perform(grant) { (libpq, deadline) throws(PostgresError) in
      var batch = RowBatch()
      var byteCount = 0
      // Waits for the first row only, then takes what has come, up to a limit that keeps memory small.
      while batch.rows.isEmpty || (libpq.hasResult && batch.rows.count < 512 && byteCount < 65_536) {
        guard let result = try libpq.nextResult(until: deadline) else {
          try libpq.check(nil)
          batch.isLast = true
          break
        }
        switch result.status {
        case .row:
          if batch.columns.isEmpty { batch.columns = result.columns }
          byteCount += result.byteCount(ofRow: 0)
          batch.rows.append(result.row(0))
        case .rows, .done:
          batch.columns = result.columns
        case .failed:
          let failure = result.error
          while try libpq.nextResult(until: deadline) != nil {}
          try libpq.check(failure)
        case .copyIn, .copyOut:
          throw PostgresError(.misuse, "COPY to or from the client needs copyIn or copyOut")
        case .skipped, .endOfPipeline:
          break
        }
      }
      return batch
    }
  }

  nonisolated func transferScope(_ duration: Duration?) -> ConnectionScope {
    ConnectionScope(.transfer, by: Deadline(after: duration ?? options.deadline))
  }

  /// Takes the connection for a stream or COPY and starts it.
  ///
  /// - Returns: what holds for all of the transfer.
  nonisolated func beginTransfer(
    _ scope: ConnectionScope,
    _ start: @Sendable (LibPQ, Deadline) throws(PostgresError) -> Void
  ) async throws(PostgresError) -> ConnectionTurns.Grant {
    let grant = try await turns.take(scope, holding: ConnectionScope.held)
    do throws(PostgresError) {
      try await perform(grant, start)
      return grant
    } catch {
      turns.release(scope)
      throw error
    }
  }

  /// Gives the connection back, closed if the transfer didn't come to its end.
  nonisolated func endTransfer(_ scope: ConnectionScope) async {
    await closeUnlessReady()
    turns.release(scope)
  }
}
