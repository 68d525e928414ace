import PostgresClient

/// A primary and the synchronous standby that streams from it: a commit is answered once both have it.
package final class StandbyPair: Sendable {
  package let primary: TemporaryServer
  package let standby: TemporaryServer

  /// Starts both, and waits until commits wait for the standby.
  ///
  /// - Parameter prepare: fills the primary before the standby is copied from it.
  package init(
    settings: [String] = [], prepare: (TemporaryServer) async throws -> Void
  ) async throws {
    primary = try await TemporaryServer(
      settings: ["wal_keep_size = 64MB", "max_wal_senders = 4"] + settings)
    try await prepare(primary)
    standby = try await TemporaryServer(settings: settings, following: primary)
    try await primary.run("alter system set synchronous_standby_names = '*'")
    try await primary.run("select pg_reload_conf()")
    let observer = try await PostgresConnection.connect(to: primary.connectionString())
    let sql = "select count(*) from pg_stat_replication where sync_state = 'sync' and state = 'streaming'"
    try await until { try await observer.query(sql).value == "1" }
    await observer.close()
  }

  /// A connection string that leads to whichever of the two takes changes.
  package func connectionString(database: String) -> String {
    "host=\(primary.folder),\(standby.folder) dbname=\(database) user=postgres target_session_attrs=read-write"
      + " connect_timeout=10"
  }

  /// Makes the standby a primary and waits until it takes changes.
  package func promote() async throws { try await standby.control("promote") }
}
