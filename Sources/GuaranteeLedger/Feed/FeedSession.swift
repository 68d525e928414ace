import PostgresClient

/// A follower's connection, from its making to its loss. Closed when nothing refers to it any more.
struct FeedSession {
  private let connection: PostgresConnection
  /// Whether every statement runs in the same session of the server: not behind a pooler.
  private let isOwn: Bool
  /// Whether the session can be called when events are recorded.
  let canListen: Bool
  private let isStandby: Bool
  /// The offices to follow as JSON; `nil` for all.
  private let offices: String?

  /// What a look into the journal found.
  struct Found {
    let page: FeedPage
    /// Whether transactions are still open that were asked for.
    let isOpen: Bool
  }

  init(_ connectionString: String, _ options: FeedOptions) async throws(PostgresError) {
    var connecting = PostgresConnectOptions()
    connecting.applicationName = options.applicationName
    connecting.requiresReadWrite = true
    connecting.deadline = options.deadline
    connection = try await PostgresConnection.connect(to: connectionString, connecting)
    offices = options.offices?.jsonArray
    isOwn = try await !connection.isPooled
    // A standby takes no LISTEN.
    isStandby = try await connection.query("select pg_is_in_recovery()").value == "t"
    canListen = isOwn && !isStandby
  }

  /// Whether the journal may be another one from one statement to the next: behind a pooler, and on a standby, which may
  /// become the primary without what others had received.
  var mayChangeJournals: Bool { !isOwn || isStandby }

  /// Whether the server, a standby when the connection was made, takes changes by now: then it can call, too.
  func wasPromoted() async throws(PostgresError) -> Bool {
    guard isStandby else { return false }
    return try await query("select pg_is_in_recovery()").value == "f"
  }

  /// Looks into the journal for what comes after what was read.
  ///
  /// - Parameter openBefore: The transaction before which others may still be open; `nil` when that is of no
  ///   interest.
  func look(
    after buffer: FeedBuffer, wanted: Int, openBefore: String?
  ) async throws -> Found {
    var isOpen = false
    if let openBefore {
      // Asked before the look, so that the look sees all that was recorded by those that have ended.
      isOpen =
        try await query("select pg_snapshot_xmin(pg_current_snapshot()) < $1::xid8", [openBefore]).value
        == "t"
    }
    let columns = FeedPage.columns.map { "\"\($0)\"" }.joined(separator: ", ")
    let result = try await query(
      "select \(columns) from guarantee_api.events_after($1::jsonb, $2::jsonb, $3::integer, $4::jsonb)",
      [buffer.read.json, buffer.held.jsonObject, String(wanted), offices])
    return Found(page: try FeedPage(rows: result.rows), isOpen: isOpen)
  }

  /// Makes sure that the journal still has what was read.
  ///
  /// - Throws: `eventsLost`, or `PostgresError`.
  func requireWhatWasRead(_ buffer: FeedBuffer) async throws {
    let answer = try await query(
      "select guarantee_api.events_lost($1::jsonb)", [buffer.read.markedJSON])
    guard answer.value == "t" else { return }
    throw LedgerError(
      .eventsLost,
      "The journal no longer has events that were seen: the database was replaced by one that did not have them."
    )
  }

  /// Where the journal ends now.
  func end() async throws(PostgresError) -> FeedPosition {
    let result = try await query(
      "select office, sequence from guarantee_api.journal_end($1::jsonb)", [offices])
    var end = FeedPosition()
    for row in result.rows {
      if let office = row[0], let sequence = row[1].flatMap({ Int64($0) }) { end[office] = sequence }
    }
    return end
  }

  /// Has the session called from now on.
  ///
  /// - Returns: The transaction before which others are open that may not call; `nil` when there are none.
  /// - Throws: `lockNotAvailable` as long as some program keeps to itself what followers share.
  func watch() async throws(PostgresError) -> String? {
    try await query("select guarantee_api.watch()").value
  }

  /// Has the session called no more.
  func unwatch() async throws(PostgresError) {
    _ = try await query("select guarantee_api.unwatch()")
  }

  /// Waits to be called, and returns whether it was.
  func wasCalled(within longest: Duration?) async throws(PostgresError) -> Bool {
    try await !connection.notifications(waiting: longest).isEmpty
  }

  private func query(
    _ sql: String, _ parameters: [String?] = []
  ) async throws(PostgresError) -> PostgresResult {
    try await connection.query(sql, parameters, prepared: isOwn)
  }
}
