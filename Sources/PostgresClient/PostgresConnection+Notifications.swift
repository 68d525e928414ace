extension PostgresConnection {
  /// Waits for notifications on the channels that the session LISTENs to, and returns those that have come.
  ///
  /// What came during earlier statements counts too. The connection is in use meanwhile: statements of others
  /// wait. Cancellation, `close()` and a lost connection end the wait; cancellation leaves the connection open.
  ///
  /// - Parameter duration: how long to wait at most; `nil` without end, whatever the connection's own deadline.
  /// - Returns: at least one, or none when the time is over.
  package nonisolated func notifications(
    waiting duration: Duration?
  ) async throws(PostgresError) -> [PostgresNotification] {
    let end = Deadline(after: duration)
    return try await perform(duration) { (libpq, _) throws(PostgresError) in
      try libpq.notifications(until: end)
    }
  }
}

extension LibPQ {
  /// The notifications that have come; waits for the first one up to the deadline.
  fileprivate func notifications(until deadline: Deadline) throws(PostgresError) -> [PostgresNotification] {
    // What TLS has read ahead isn't seen by waiting for the socket.
    try consumeInput()
    while true {
      var notifications: [PostgresNotification] = []
      while let notification = popNotification() { notifications.append(notification) }
      if !notifications.isEmpty { return notifications }
      if isBroken { throw lost() }
      do throws(PostgresError) {
        try wait(writing: false, until: deadline)
      } catch {
        if error.kind == .deadlineExceeded { return [] }
        throw error
      }
    }
  }
}
