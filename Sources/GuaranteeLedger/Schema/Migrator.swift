import LedgerSQL
import PostgresClient

/// Brings a database up to the schema, functions and rules that this program carries.
///
/// All of it happens in one transaction behind an advisory lock, so that programs may race and a failure
/// leaves everything as it was.
struct Migrator {
  let connection: PostgresConnection

  /// Keeps every other program that would bring the database up waiting until the end of the transaction.
  func lock() async throws(PostgresError) {
    // Any number will do, as long as every program takes the same.
    try await connection.execute("select pg_advisory_xact_lock(7276045816)")
  }

  private static let bookkeeping = """
    create schema if not exists guarantee;
    create table if not exists guarantee.migration (
      name text constraint migration_pkey primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    );
    comment on table guarantee.migration is 'The changes of the tables that ran, each with its checksum.';
    create table if not exists guarantee.source (
      kind text constraint source_pkey primary key,
      fingerprint text not null
    );
    comment on table guarantee.source is 'What the functions and rules were last made from, and both of each program that was replaced.';
    """

  /// Does what is missing.
  ///
  /// - Parameter goingBack: Whether this program takes the place of one that has replaced it.
  /// - Returns: What was done, one line each.
  func migrate(goingBack: Bool = false) async throws(LedgerError) -> [String] {
    do {
      return try await connection.transaction { _ in
        try await lock()
        try await connection.execute(Self.bookkeeping)
        var state = try await SchemaState.read(from: connection)
        if goingBack { state.replaced.remove(SchemaState.wantedSources) }
        guard try state.isBehind else { return [] }
        return try await bringUp(from: state)
      }
    } catch let error as LedgerError {
      throw error
    } catch let error as PostgresError {
      throw LedgerError(error)
    } catch {
      throw LedgerError(.database, "The migration failed: \(error).")
    }
  }

  /// Does what is missing in a ledger of which only the tables were restored, in the transaction that is open.
  ///
  /// - Returns: What was done, one line each.
  func bringUpRestored() async throws -> [String] {
    let state = try await SchemaState.read(from: connection)
    _ = try state.isBehind
    return try await bringUp(from: state, hasFunctions: false)
  }

  private func bringUp(from state: SchemaState, hasFunctions: Bool = true) async throws -> [String] {
    var steps: [String] = []
    let migrations = state.missingMigrations
    let needsFunctions = !hasFunctions || state.hasOtherFunctions || !migrations.isEmpty
    // Tables are changed freely when nothing rests on them.
    if !migrations.isEmpty { try await dropFunctions() }
    for file in migrations {
      try await run(file)
      _ = try await connection.query(
        "insert into guarantee.migration (name, checksum) values ($1, $2)", [file.name, file.fingerprint])
      steps.append("ran migration \(file.name)")
    }
    if !migrations.isEmpty, state.version != nil { try await analyzeTables() }
    if needsFunctions {
      try await rebuildFunctions()
      try await keep(LedgerSQL.sourcesFingerprint, as: SchemaState.functions)
      steps.append("rebuilt functions and views")
    }
    if needsFunctions || state.hasOtherRules {
      try await RuleLoader(connection: connection).load()
      try await keep(LedgerSQL.rulesFingerprint, as: SchemaState.rules)
      steps.append("loaded the rules")
    }
    try await remember(state.builtSources)
    if needsFunctions { steps += try await giveRights() }
    return steps
  }

  /// Of a new index on expressions nothing is known before its table was analyzed, and nothing may be written to a table for
  /// long: then first pages would be planned as if it had a few rows.
  private func analyzeTables() async throws(PostgresError) {
    try await connection.execute(
      """
      do $$ begin
        execute (select 'analyze ' || string_agg(c.oid::regclass::text, ', ')
                   from pg_class c where c.relnamespace = 'guarantee'::regnamespace and c.relkind = 'r');
      end $$
      """)
  }

  /// Gives what was made anew its owner and everybody their rights.
  ///
  /// - Returns: What somebody else has to do first, when this login may not make the server's roles.
  private func giveRights() async throws -> [String] {
    let missing = try await connection.query("select guarantee_api.set_rights()").value ?? ""
    return missing.isEmpty
      ? []
      : [
        "made no roles for people, which this login may not: until somebody who may has run \"\(missing)\", the ledger is its owner's alone"
      ]
  }

  private func keep(_ fingerprint: String, as kind: String) async throws {
    _ = try await connection.query(
      """
      with former as (delete from guarantee.source where kind = $1 and fingerprint <> $2)
      insert into guarantee.source (kind, fingerprint) values ($1, $2) on conflict do nothing
      """, [kind, fingerprint])
  }

  /// Notes whose sources were replaced, and that this program's are in use.
  private func remember(_ former: String?) async throws {
    _ = try await connection.query(
      """
      with returned as (delete from guarantee.source where kind = $1 and fingerprint = $2)
      insert into guarantee.source (kind, fingerprint) select $1, $3 where $3 <> $2 on conflict do nothing
      """, [SchemaState.replacedSources, SchemaState.wantedSources, former])
  }

  // MARK: Files

  private func dropFunctions() async throws(PostgresError) {
    try await connection.execute("drop schema if exists guarantee_past, guarantee_api cascade")
  }

  /// Makes all functions and views anew: in `guarantee_api` what reads and writes the ledger, in `guarantee_past` what
  /// reads it as it was. A file that needs what another one makes waits for it.
  private func rebuildFunctions() async throws {
    try await dropFunctions()
    try await connection.execute("create schema guarantee_api; create schema guarantee_past")
    var waiting = LedgerSQL.sources
    while !waiting.isEmpty {
      var failures: [(file: SQLFile, error: LedgerError)] = []
      for file in waiting {
        do throws(PostgresError) {
          try await connection.execute("savepoint before_file; \(file.text)\n; release savepoint before_file")
        } catch {
          guard let state = error.sqlState, Self.missing.contains(state) else {
            throw Self.failure(of: file, error)
          }
          failures.append((file, Self.failure(of: file, error)))
          try await connection.execute("rollback to savepoint before_file; release savepoint before_file")
        }
      }
      if let first = failures.first, failures.count == waiting.count { throw first.error }
      waiting = failures.map(\.file)
    }
  }

  /// What a file says that needs a function, a relation or a type which is not there yet.
  private static let missing: Set<SQLState> = [
    .undefinedFunction, .undefinedTable, SQLState(rawValue: "42704"),
  ]

  private func run(_ file: SQLFile) async throws(LedgerError) {
    do throws(PostgresError) {
      try await connection.execute(file.text)
    } catch {
      throw Self.failure(of: file, error)
    }
  }

  private static func failure(of file: SQLFile, _ error: PostgresError) -> LedgerError {
    let failure = LedgerError(error)
    return error.kind == .server ? LedgerError(failure.code, "sql/\(file.path): \(failure.message)") : failure
  }
}
