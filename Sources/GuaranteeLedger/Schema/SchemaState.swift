import LedgerSQL
import PostgresClient

/// What a database holds of the ledger's schema, and how it compares to what this program carries.
struct SchemaState {
  /// The migrations that ran, by name, with their checksums.
  var migrations: [String: String] = [:]
  /// The fingerprints of what was last built and loaded, by kind.
  var sources: [String: String] = [:]
  /// The fingerprints of what was replaced by other programs' functions and rules.
  var replaced: Set<String> = []
  /// By which functions the login reads.
  var desk = Desk.owners

  /// The kinds of what is replaced when it changes, as the database names them.
  static let functions = "functions"
  static let rules = "rules"
  /// The kind of functions and rules together that other programs have replaced.
  static let replacedSources = "replaced"

  /// Reads it with one query; a database without ledger has the empty state.
  static func read(
    from connection: PostgresConnection, deadline: Duration? = nil
  ) async throws(LedgerError) -> SchemaState {
    do throws(PostgresError) {
      let result = try await connection.query(
        """
        select true, name, checksum from guarantee.migration
        union all select false, kind, fingerprint from guarantee.source
        """, prepared: true, deadline: deadline)
      return SchemaState(rows: result.rows)
    } catch {
      if error.sqlState == .insufficientPrivilege {
        return try await readAsMember(from: connection, error, deadline: deadline)
      }
      guard error.sqlState == .undefinedTable || error.sqlState == .invalidSchemaName else {
        throw LedgerError(reading: error)
      }
      return SchemaState()
    }
  }

  /// Reads it for a login that the tables are closed to.
  ///
  /// - Parameter refusal: What the login was told; it stands when the login is no member either.
  private static func readAsMember(
    from connection: PostgresConnection, _ refusal: PostgresError, deadline: Duration?
  ) async throws(LedgerError) -> SchemaState {
    do throws(PostgresError) {
      let result = try await connection.query(
        "select * from guarantee_desk.schema_state()", deadline: deadline)
      var state = SchemaState(rows: result.rows)
      state.desk = .members
      return state
    } catch {
      // Only what the server says of it is about who asks.
      throw LedgerError(reading: error.kind == .server ? refusal : error)
    }
  }

  init(rows: [PostgresRow] = []) {
    for row in rows {
      guard row.count == 3, let name = row[1], let value = row[2] else { continue }
      if row[0] == "t" {
        migrations[name] = value
      } else if name == Self.replacedSources {
        replaced.insert(value)
      } else {
        sources[name] = value
      }
    }
  }

  /// The latest migration that ran; `nil` when there is no ledger.
  var version: String? { migrations.keys.max() }

  static var wantedVersion: String? { LedgerSQL.migrations.map(\.name).max() }

  /// The migrations that have not run yet, in their order.
  var missingMigrations: [SQLFile] { LedgerSQL.migrations.filter { migrations[$0.name] == nil } }

  var hasOtherFunctions: Bool { sources[Self.functions] != LedgerSQL.sourcesFingerprint }

  /// Rules are loaded by functions, so other functions may make other tables of them.
  var hasOtherRules: Bool { hasOtherFunctions || sources[Self.rules] != LedgerSQL.rulesFingerprint }

  /// The fingerprints of this program's functions and rules.
  static var wantedSources: String { "\(LedgerSQL.sourcesFingerprint) \(LedgerSQL.rulesFingerprint)" }

  /// The fingerprints of the functions and rules that the ledger has; `nil` when it has none.
  var builtSources: String? {
    guard let functions = sources[Self.functions], let rules = sources[Self.rules] else { return nil }
    return "\(functions) \(rules)"
  }

  /// Whether the database has to be brought up before this program can use it.
  ///
  /// - Throws: `newerSchema` or `changedMigration` when bringing it up is not the answer.
  var isBehind: Bool {
    get throws(LedgerError) {
      try requireKnownMigrations()
      guard missingMigrations.isEmpty else { return true }
      if hasOtherRules, replaced.contains(Self.wantedSources) {
        throw LedgerError(
          .newerSchema,
          """
          Another program has replaced the functions and rules that this one had put into the ledger: use the newer \
          program. To go back to this one for good, run 'guarantee migrate --go-back'.
          """, found: version, wanted: Self.wantedVersion)
      }
      return hasOtherRules
    }
  }

  /// The error for a database that is behind.
  var needsMigration: LedgerError {
    version == nil
      ? LedgerError(.notMigrated, "The database holds no ledger yet.", wanted: Self.wantedVersion)
      : LedgerError(
        .outdated, "The database holds an older ledger than this program needs.", found: version,
        wanted: Self.wantedVersion)
  }

  private func requireKnownMigrations() throws(LedgerError) {
    let known = LedgerSQL.migrations
    for name in migrations.keys.sorted() {
      guard let file = known.first(where: { $0.name == name }) else {
        throw LedgerError(
          .newerSchema,
          "The database holds a newer ledger than this program knows (migration \(name)): use a newer program.",
          found: version, wanted: Self.wantedVersion)
      }
      guard file.fingerprint == migrations[name] else {
        throw LedgerError(
          .changedMigration,
          "The database was brought up by another migration \(name) than this program has: it is another ledger's.",
          found: version, wanted: Self.wantedVersion)
      }
    }
  }
}
