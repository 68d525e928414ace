import Synchronization

/// Whether a pooler such as PgBouncer stands between us and the server.
enum Pooling: UInt8, AtomicRepresentable {
  case unknown
  case direct
  case pooled
}

extension PostgresConnection {
  /// Whether a pooler such as PgBouncer stands between, which may give each transaction another session of the
  /// server: the process that works for us is not the one that welcomed us.
  ///
  /// Such a connection has no named prepared statements, no LISTEN and no session settings that last. The first
  /// `query(prepared: true)` finds out on its way, at no cost; who asks before waits for a round trip.
  package nonisolated var isPooled: Bool {
    get async throws(PostgresError) {
      if pooling.load(ordering: .acquiring) == .unknown {
        _ = try await perform(nil) { (libpq, deadline) throws(PostgresError) in
          try self.runPreparable(libpq, "select", [], until: deadline)
        }
      }
      return pooling.load(ordering: .acquiring) == .pooled
    }
  }

  /// Runs a statement that may be prepared, as far as that is safe here.
  ///
  /// Through a pooler a name could mean another's statement. So the first statement is not prepared, and brings
  /// along the question who is working for us.
  nonisolated func runPreparable(
    _ libpq: LibPQ, _ sql: String, _ parameters: [String?], until deadline: Deadline
  ) throws(PostgresError) -> PostgresResult {
    switch pooling.load(ordering: .acquiring) {
    case .direct:
      return try libpq.runPrepared(sql, parameters, until: deadline)
    case .pooled:
      try libpq.send(sql, parameters)
      return try libpq.collect(until: deadline)
    case .unknown:
      let (answer, result) = try libpq.run(
        (Self.whoWorks, [String(libpq.backendPID)]), (sql, parameters), until: deadline)
      pooling.store(answer.value == "t" ? .direct : .pooled, ordering: .releasing)
      return result
    }
  }

  /// Whether the process that welcomed us works for us. Its session is ours then, and is made to say warnings,
  /// since one of them takes back a commit, not to compile what takes milliseconds, and to end soon after the one who
  /// gave it up, whatever it waits for. Older servers don't know the last, and on other systems they refuse it.
  private static let whoWorks = """
    select w.is_ours,
      case when w.is_ours and current_setting('client_min_messages') in ('error', 'fatal', 'panic')
        then set_config('client_min_messages', 'warning', false) end,
      case when w.is_ours then set_config('jit', 'off', false) end,
      case when w.is_ours and version() like '%linux%'
        and current_setting('client_connection_check_interval', true) = '0'
        then set_config('client_connection_check_interval', '2s', false) end
      from (select pg_backend_pid() = $1::int) w (is_ours)
    """
}

extension LibPQ {
  /// Runs two statements in one round trip and, unless a transaction is open, one implicit transaction.
  func run(
    _ first: (sql: String, parameters: [String?]), _ second: (sql: String, parameters: [String?]),
    until deadline: Deadline
  ) throws(PostgresError) -> (PostgresResult, PostgresResult) {
    // A text that can't be sent must not leave a pipeline half full.
    try CStrings.requireNoNUL([second.sql] + second.parameters)
    try beginPipeline()
    try send(first.sql, first.parameters)
    try send(second.sql, second.parameters)
    try endPipeline()
    let outcomes = (
      first: try outcome(until: deadline), second: try outcome(until: deadline)
    )
    // What takes the end's place is said of the commit, or by one that goes away: a pooler, and the server before it.
    if case .failure(let error) = try outcome(until: deadline) {
      throw try reachingEnd(after: error, until: deadline)
    }
    try leavePipeline()
    // When the first has failed, the second was not run.
    let firstResult = try outcomes.first.get()
    return (firstResult, try outcomes.second.get())
  }

  /// Reads on to the end of the pipeline, and returns what its failure is when that has come.
  private func reachingEnd(
    after error: PostgresError, until deadline: Deadline
  ) throws(PostgresError) -> PostgresError {
    do throws(PostgresError) {
      _ = try collect(until: deadline)
      try leavePipeline()
      return error
    } catch {
      guard isBroken else { throw error }
    }
    return error.endingConnection
  }

  /// What one statement of a pipeline came to. Throws when the connection is of no further use.
  private func outcome(until deadline: Deadline) throws(PostgresError) -> Result<
    PostgresResult, PostgresError
  > {
    do throws(PostgresError) {
      return .success(try collect(until: deadline))
    } catch {
      guard error.kind == .server else { throw error }
      return .failure(error)
    }
  }
}
