/// What a server says of itself and of a session on it, for whoever looks for what is wrong.
package struct ServerFacts: Sendable {
  /// Whether it follows another server and takes no changes.
  package let isStandby: Bool
  /// Whether a session begins with transactions that only read, as somebody has set.
  package let isReadOnly: Bool
  /// The server's settings by their names; one that the server doesn't have is missing.
  package let settings: [String: String]
  /// How far its clock is ahead of the one here, in seconds, to within the time that the answer took.
  package let secondsAhead: Int
  /// How long a question and its answer took.
  package let answerTime: Duration
  /// Such as `TLSv1.3`; `nil` when the session is not encrypted by TLS.
  package let tlsVersion: String?
  /// The encoding of the database, such as `UTF8`.
  package let encoding: String

  private static let asked = [
    "fsync", "full_page_writes", "data_checksums", "synchronous_commit", "synchronous_standby_names",
  ]

  /// Asks the server that is at the connection's other end, over a pooler as well.
  package static func read(
    from connection: PostgresConnection, deadline: Duration
  ) async throws(PostgresError) -> ServerFacts {
    let start = ContinuousClock.now
    let before = SystemCalls.secondsSince1970()
    let clock = try await connection.query(
      "select floor(extract(epoch from clock_timestamp()))::bigint", deadline: deadline)
    let answerTime = ContinuousClock.now - start
    let now = (before + SystemCalls.secondsSince1970()) / 2
    let settings = try await connection.query(
      "select name, setting from pg_settings where name = any(string_to_array($1, ' '))",
      [asked.joined(separator: " ")], deadline: deadline)
    let session = try await connection.query(
      """
      select pg_is_in_recovery(), current_setting('transaction_read_only') = 'on', getdatabaseencoding(),
             (select s.version from pg_stat_ssl s where s.pid = pg_backend_pid() and s.ssl)
      """, deadline: deadline)
    let row = session.rows.first ?? []
    guard row.count == 4 else { throw PostgresError(.misuse, "the server gave no answer") }
    return ServerFacts(
      isStandby: row[0] == "t", isReadOnly: row[1] == "t",
      settings: Dictionary(settings.rows.map { ($0[0] ?? "", $0[1] ?? "") }) { first, _ in first },
      secondsAhead: (clock.value.flatMap { Int($0) } ?? now) - now, answerTime: answerTime,
      tlsVersion: row[3], encoding: row[2] ?? "")
  }
}
