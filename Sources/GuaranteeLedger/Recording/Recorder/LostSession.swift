import PostgresClient

/// A session whose connection was lost with a batch on its way: the server may go on with it for a while.
struct LostSession: Sendable, Hashable {
  /// The server's process.
  let processID: Int32
  /// When the batch was sent, by which time the session was there.
  let sentAt: ContinuousClock.Instant

  /// Whole microseconds since then, rounded up.
  fileprivate var age: String {
    let (seconds, attoseconds) = sentAt.duration(to: .now).components
    return String(seconds * 1_000_000 + (attoseconds + 999_999_999_999) / 1_000_000_000_000)
  }
}

extension PostgresConnection {
  /// Sees to it that sessions are over in which earlier attempts may still go on.
  ///
  /// - Returns: Whether they are, or else the time is up.
  func end(_ sessions: [LostSession], within time: Duration) async throws(PostgresError) -> Bool {
    let end = ContinuousClock.now + time
    while true {
      let left = end.left
      guard left > .zero else { return false }
      let count = try await isPooled ? endIdle(since: sessions, left) : endThose(sessions, left)
      if count == 0 { return true }
      guard (try? await Task.sleep(for: .milliseconds(20))) != nil else { return false }
    }
  }

  /// Ends those that are there still.
  ///
  /// Never by a request to cancel: a commit that waits for its standby would look like a safe one then. And
  /// none that began after the batch was sent: the number of a process that has ended may be another's. One that
  /// seems to begin only later was there before the server's clock went back.
  private func endThose(_ sessions: [LostSession], _ time: Duration) async throws(PostgresError) -> Int {
    let result = try await query(
      """
      select count(pg_terminate_backend(a.pid))
        from rows from (jsonb_array_elements_text($1::jsonb), jsonb_array_elements_text($2::jsonb)) s (pid, age)
        join pg_stat_activity a on a.pid = s.pid::integer
       where a.datname = current_database() and a.usename = session_user
         and a.backend_start not between clock_timestamp() - (s.age::bigint - 1) * interval '1 microsecond' and clock_timestamp()
      """, [sessions.map { String($0.processID) }.jsonArray, sessions.map(\.age).jsonArray], deadline: time)
    return result.value.flatMap { Int($0) } ?? 0
  }

  /// Behind a pooler nobody knows which process an attempt went to. All that record for this login since before it was
  /// lost have to come to their end, and those that have rested since then are ended: it may still be on its way to one,
  /// and the pooler opens others.
  ///
  /// - Returns: How many there were.
  private func endIdle(since sessions: [LostSession], _ time: Duration) async throws(PostgresError) -> Int {
    let result = try await query(
      """
      select count(case a.state when 'idle' then pg_terminate_backend(a.pid)::text else a.state end)
        from (select clock_timestamp() as now, $2::bigint * interval '1 microsecond' as age) t, pg_stat_activity a
       where a.datname = current_database() and a.usename = session_user and a.pid <> pg_backend_pid()
         and (a.state = 'idle' and a.state_change not between t.now - t.age and t.now
              or a.state = 'active' and starts_with(a.query, $1) and a.query_start not between t.now - t.age + interval '1 s' and t.now)
      """, [Self.recording, sessions.max { $0.sentAt < $1.sentAt }?.age ?? "0"], deadline: time)
    return result.value.flatMap { Int($0) } ?? 0
  }
}
