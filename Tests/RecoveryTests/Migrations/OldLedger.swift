import GuaranteeLedger
import LedgerSQL
import PostgresClient
import TestSupport

/// Ledgers as programs left them that had fewer migrations: their tables hold what is told, and no function is newer.
struct OldLedger: Sendable, CustomStringConvertible {
  /// How many migrations it has.
  let count: Int

  /// All that hold events.
  static let all = (2..<LedgerSQL.migrations.count).map { OldLedger(count: $0) }

  var description: String { LedgerSQL.migrations[count - 1].name }

  /// The story that it tells, as this program tells it. What was closed before there were closings has none, so no books
  /// are closed in those.
  var model: DatabaseTemplate {
    let closes = LedgerSQL.migrations[..<count].contains { $0.name.hasSuffix("closing") }
    return DatabaseTemplate(name: closes ? "recovery_closed" : "recovery_open") { url in
      try await Program.ledger(url).mustRun("migrate")
      try await Program.ledger(url).record("stories/examples.csv", without: closes ? [] : ["close_period"])
    }
  }

  /// A database with it, made from a database with the model.
  func make(in url: String, from model: String) async throws {
    let source = try await PostgresConnection.connect(to: model)
    let target = try await PostgresConnection.connect(to: url)
    try await makeTables(target)
    try await target.execute(
      "set session_replication_role = replica; truncate guarantee.setting, guarantee.book cascade")
    for table in try await target.query(Self.tables).rows.compactMap({ $0[0] })
    where table != "migration" && table != "source" {
      let columns = try await target.query(Self.columns, [table]).value ?? ""
      var rows: [[UInt8]] = []
      try await source.copyOut("copy guarantee.\(table) (\(columns)) to stdout") { rows.append($0) }
      var left = rows.makeIterator()
      try await target.copyIn("copy guarantee.\(table) (\(columns)) from stdin") { left.next() }
    }
    try await target.execute(
      "select setval(pg_get_serial_sequence('guarantee.account', 'account_id'), (select max(account_id) from guarantee.account))"
    )
    await source.close()
    await target.close()
  }

  private func makeTables(_ target: PostgresConnection) async throws {
    try await target.execute(
      """
      create schema guarantee;
      create table guarantee.migration (
        name text constraint migration_pkey primary key, checksum text not null, applied_at timestamptz not null default now());
      create table guarantee.source (kind text constraint source_pkey primary key, fingerprint text not null);
      insert into guarantee.source values ('functions', 'older'), ('rules', 'older')
      """)
    for file in LedgerSQL.migrations[..<count] {
      try await target.execute(file.text)
      _ = try await target.query(
        "insert into guarantee.migration (name, checksum) values ($1, $2)", [file.name, file.fingerprint])
    }
  }

  /// The tables that hold what was recorded or follows from it. Rules are loaded anew by each program.
  private static let tables = """
    select c.relname from pg_class c where c.relnamespace = 'guarantee'::regnamespace and c.relkind = 'r' order by 1
    """

  private static let columns = """
    select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
     where a.attrelid = ('guarantee.' || quote_ident($1))::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    """
}

extension OldLedger {
  /// Runs `body` with an old ledger in a database of its own, and the model that it is to become.
  func with(
    on server: TemporaryServer, _ body: (_ url: String, _ model: String) async throws -> Void
  ) async throws {
    try await server.withDatabase(template: model) { model in
      try await server.withDatabase { url in
        try await make(in: url, from: model)
        try await body(url, model)
      }
    }
  }

  /// What was recorded and what follows from it, a line a row; refused attempts only where they were kept.
  func contents(of url: String) async throws -> [String] {
    let connection = try await PostgresConnection.connect(to: url)
    var lines: [String] = []
    var tables = [
      "account", "book", "deadline", "dispute", "entry", "event", "exposure", "facility",
      "guarantor_position",
    ]
    tables += ["flow", "goods_flow", "lot", "office", "party", "recordal", "total", "working_day"]
    if count >= 5 { tables += ["attempt", "attempt_book", "seal"] }
    for table in tables {
      lines += try await connection.query(
        "select '\(table) ' || to_jsonb(x)::text from guarantee.\(table) x order by 1"
      ).rows
        .compactMap { $0[0] }
    }
    await connection.close()
    return lines
  }
}

/// Everything that a database has of a ledger, so that it shows whether anything was changed.
func everything(in url: String) async throws -> [String] {
  let connection = try await PostgresConnection.connect(to: url)
  var lines = try await connection.query(
    """
    select 'relation ' || c.oid::regclass || ' ' || c.relkind::text || ' ' || c.relowner::regrole || ' ' || c.relrowsecurity || ' '
        || (select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || a.attnotnull, ', ' order by a.attnum)
              from pg_attribute a where a.attrelid = c.oid and a.attnum > 0)
      from pg_class c where c.relnamespace in (select oid from pg_namespace where nspname like 'guarantee%')
    union all select 'function ' || p.oid::regprocedure || md5(p.prosrc)
      from pg_proc p where p.pronamespace in (select oid from pg_namespace where nspname like 'guarantee%')
    union all select 'constraint ' || conname || pg_get_constraintdef(oid)
      from pg_constraint where connamespace in (select oid from pg_namespace where nspname like 'guarantee%')
    union all select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    order by 1
    """
  ).rows.compactMap { $0[0] }
  let tables = try await connection.query(
    "select relname from pg_class where relnamespace = to_regnamespace('guarantee') and relkind = 'r' order by 1"
  )
  for table in tables.rows.compactMap({ $0[0] }) {
    lines += try await connection.query("select '\(table) ' || x::text from guarantee.\(table) x order by 1")
      .rows
      .compactMap { $0[0] }
  }
  await connection.close()
  return lines
}
