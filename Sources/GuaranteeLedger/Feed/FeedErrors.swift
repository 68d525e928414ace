import PostgresClient

extension PostgresError {
  /// Whether the same may well succeed later: the connection or the server is in trouble, not the request.
  var isMendedByWaiting: Bool {
    if isPermanentRefusal { return false }
    return switch kind {
    case .unreachable, .connectionLost, .deadlineExceeded, .closed: true
    case .server:
      // Out of connections or memory; shut down, starting or cancelled; in conflict with others, which on a
      // standby means with what it has to replay; a server that became a standby and takes no LISTEN; a table that is
      // being changed.
      sqlState.map {
        ["40", "53", "57"].contains($0.conditionClass)
          || [.readOnlyTransaction, .lockNotAvailable].contains($0)
      } ?? true
    case .cancelled, .replicationUnconfirmed, .rolledBack, .misuse: false
    }
  }
}

extension LedgerError {
  /// What a failure of reading means: whatever became of the statement, nothing was changed.
  init(reading error: PostgresError) {
    var error = error
    error.effect = .none
    self.init(error)
  }

  /// What ends a feed.
  init(ofFeed error: any Error) {
    self =
      (error as? LedgerError) ?? (error as? PostgresError).map { LedgerError(reading: $0) }
      ?? LedgerError(.database, "The journal could not be followed: \(error).")
  }
}
