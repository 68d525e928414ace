import PostgresClient

/// A ledger as it is at one moment, held in sight for as long as it takes to copy it, while others record.
package struct HeldLedger {
  /// By which another session of the server sees the same.
  package let snapshot: String
  /// The server's major version.
  package let server: Int
  /// Where this session went to, of several servers that there may be.
  package let host: String
  package let port: String
  private let connection: PostgresConnection
  private let schema: String

  /// The schemas that a ledger is in.
  package static let schemas = [
    "guarantee", "guarantee_api", "guarantee_past", "guarantee_desk", "guarantee_desk_past",
  ]

  /// Holds the ledger of a database still while `body` copies it.
  ///
  /// - Throws: `BackupError` when there is none, or the login can't see all of it; `LedgerError`.
  package static func hold<Value>(
    _ connectionString: String, _ body: (HeldLedger) async throws -> Value
  ) async throws -> Value {
    do {
      var options = PostgresConnectOptions()
      // Of several servers not one that lags behind, unless the string asks for one.
      options.requiresReadWrite = true
      return try await PostgresConnection.withConnection(to: connectionString, options) {
        try await hold($0, body)
      }
    } catch let error as PostgresError {
      throw LedgerError(reading: error)
    }
  }

  private static func hold<Value>(
    _ connection: PostgresConnection, _ body: (HeldLedger) async throws -> Value
  ) async throws -> Value {
    guard try await !connection.isPooled else {
      throw BackupError(
        .notPermitted, "A backup can't be made through a pooler: name the server itself.")
    }
    let state = try await SchemaState.read(from: connection)
    guard let schema = state.version else {
      throw BackupError(.nothing, "The database holds no ledger to back up.")
    }
    // This program could not prove what it does not know.
    _ = try state.isBehind
    return try await connection.transaction(.snapshot) { connection in
      try await connection.waitForever()
      guard let snapshot = try await connection.query("select pg_catalog.pg_export_snapshot()").value,
        try await connection.query(hiddenTables).value == "0"
      else {
        throw BackupError(.notPermitted, "A backup is made by a login that owns the ledger.")
      }
      let server = connection.server
      return try await body(
        HeldLedger(
          snapshot: snapshot, server: server.version / 10_000, host: server.host, port: server.port,
          connection: connection, schema: schema))
    }
  }

  /// Tables of which the login may not see everything.
  private static let hiddenTables = """
    select count(*) from pg_catalog.pg_class c
     where c.relnamespace = 'guarantee'::regnamespace and c.relkind = 'r'
       and not pg_catalog.pg_has_role(c.relowner, 'usage')
    """

  /// What a backup of it says of itself.
  package func manifest(of archive: BackupManifest.Archive) async throws -> BackupManifest {
    let takenAt = try await connection.query(
      """
      select to_char(transaction_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
      """
    ).value
    return BackupManifest(
      program: LedgerProgram.version, schema: schema, server: server, takenAt: takenAt ?? "",
      tables: try await TableDigests(connection: connection).read(), archive: archive)
  }
}

extension PostgresConnection {
  /// Lets nothing end the transaction that is open but itself.
  func waitForever() async throws(PostgresError) {
    _ = try await query(
      """
      select pg_catalog.set_config(s.name, '0', true) from pg_catalog.pg_settings s
       where s.name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
      """)
  }
}
