/// What the server says beside results: warnings, notices, and the like.
package struct PostgresNotice: Hashable, Sendable {
  package var sqlState: SQLState?
  package var message: String
  package var fields: PostgresError.ServerFields

  /// Whether a commit went on without its synchronous standby, so that a failover may undo it.
  ///
  /// Judged by the routine of the server's source as well as by its words, since messages may be translated.
  var saysReplicationUnconfirmed: Bool {
    fields.routine == "SyncRepWaitForLSN"
      || message.hasPrefix("canceling wait for synchronous replication")
      || message.hasPrefix("canceling the wait for synchronous replication")
  }
}

/// Takes the server's notices as libpq reads them, and remembers the one that decides over a commit.
final class NoticeInbox {
  private let handler: @Sendable (PostgresNotice) -> Void
  private var saidReplicationUnconfirmed = false

  init(handler: @escaping @Sendable (PostgresNotice) -> Void) {
    self.handler = handler
  }

  func take(_ notice: PostgresNotice) {
    if notice.saysReplicationUnconfirmed { saidReplicationUnconfirmed = true }
    handler(notice)
  }

  /// Whether the warning came since this was last asked.
  func popReplicationUnconfirmed() -> Bool {
    defer { saidReplicationUnconfirmed = false }
    return saidReplicationUnconfirmed
  }
}
