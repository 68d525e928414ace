extension LibPQ {
  /// Sends what is left and reads results to the end of the command. Returns the last one; throws the first
  /// error.
  func collect(until deadline: Deadline) throws(PostgresError) -> PostgresResult {
    try flush(until: deadline)
    var collected = PostgresResult()
    var failure: PostgresError?
    while let result = try nextResult(until: deadline) {
      switch result.status {
      case .rows, .row, .done:
        collected = result.collected
      case .failed:
        failure = failure ?? result.error
      case .copyIn, .copyOut:
        throw PostgresError(.misuse, "COPY to or from the client needs copyIn or copyOut")
      case .skipped, .endOfPipeline:
        break
      }
    }
    try check(failure)
    return collected
  }

  /// Throws what a command ended with: the server's error, or the connection's loss, in the server's words if
  /// it said why. A connection that broke is judged by its state, not by the error's code.
  func check(_ failure: PostgresError?) throws(PostgresError) {
    guard isBroken else {
      if let failure { throw failure }
      return
    }
    guard let error = failure, error.sqlState != nil else { throw lost() }
    throw error.endingConnection
  }
}

extension PostgresError {
  /// The same as the last words of a server that goes away, whatever it had done by then.
  var endingConnection: PostgresError {
    var error = self
    error.kind = .connectionLost
    error.effect = .unknown
    return error
  }
}

extension LibPQResult {
  /// The result as a value of its own.
  var collected: PostgresResult {
    PostgresResult(
      columns: columns, rows: (0..<rowCount).map { row($0) }, command: command,
      affectedRows: affectedRows)
  }
}
