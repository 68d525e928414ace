import PostgresClient
import Testing

@Suite("The catalogue of a migrated database")
struct CatalogueTests {
  /// Runs a query that lists what breaks a rule, after one that says whether there is anything to look at.
  private func expectNone(_ offenders: String, of all: String) async throws {
    try await withLedger { ledger in
      let count = try await ledger.value("select count(*) \(all)")
      try #require(count != "0", "there is nothing to look at")
      let found = try await ledger.rows("\(offenders) order by 1").map { $0[0] }
      #expect(found == [])
    }
  }

  private static let schemas =
    "'guarantee'::regnamespace, 'guarantee_api'::regnamespace, 'guarantee_past'::regnamespace"
  private static let functions =
    "from pg_proc p where p.pronamespace in (\(schemas))"
  private static let relations = """
    from pg_class c where c.relnamespace in (\(schemas))
      and c.relkind in ('r', 'v')
    """

  @Test("A function that runs with its owner's rights pins its search path, with pg_temp last")
  func searchPath() async throws {
    try await expectNone(
      """
      select p.oid::regprocedure \(Self.functions) and p.prosecdef
         and not coalesce(array_to_string(p.proconfig, ';') ~ 'search_path=[^;]*pg_temp(;|$)', false)
      """, of: Self.functions + " and p.prosecdef")
  }

  @Test("Nobody gets a right without being given it: no function and no table is open to everybody")
  func publicRights() async throws {
    try await expectNone(
      """
      select p.oid::regprocedure \(Self.functions) and p.prosecdef and exists (
        select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)
      """, of: Self.functions + " and p.prosecdef")
    try await expectNone(
      """
      select c.oid::regclass \(Self.relations) and exists (
        select from aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a where a.grantee = 0)
      """, of: Self.relations)
  }

  @Test("A login that was given nothing can neither record nor read")
  func stranger() async throws {
    try await withLedger { ledger in
      // Roles are the server's, which other tests share: this one is gone with its transaction.
      try await ledger.connection.execute(
        "begin; create role stranger_of_the_ledger; set role stranger_of_the_ledger")
      for sql in [
        "select guarantee_api.record('[]')", "table guarantee.event", "select * from guarantee_api.journal",
        "table guarantee_past.event",
      ] {
        try await ledger.connection.execute("savepoint before_it")
        let state = await ledger.refusal(of: sql)
        #expect(state == "42501", "\(sql)")
        try await ledger.connection.execute("rollback to savepoint before_it")
      }
      try await ledger.connection.execute("rollback")
    }
  }

  @Test("Every table, view, function and type says what it is")
  func comments() async throws {
    try await expectNone(
      "select c.oid::regclass \(Self.relations) and obj_description(c.oid, 'pg_class') is null",
      of: Self.relations)
    try await expectNone(
      "select p.oid::regprocedure \(Self.functions) and obj_description(p.oid, 'pg_proc') is null",
      of: Self.functions)
    let types = """
      from pg_type t join pg_class c on c.oid = t.typrelid
       where c.relkind = 'c' and t.typnamespace = 'guarantee_api'::regnamespace
      """
    try await expectNone("select t.typname \(types) and obj_description(t.oid, 'pg_type') is null", of: types)
  }

  @Test(
    "Every constraint and trigger is named after its table, since its name is where a user's error comes from"
  )
  func names() async throws {
    let constraints =
      "from pg_constraint k join pg_class c on c.oid = k.conrelid where c.relnamespace = 'guarantee'::regnamespace"
    try await expectNone(
      "select c.relname || ': ' || k.conname \(constraints) and k.conname !~ ('^' || c.relname || '_.')",
      of: constraints)
    let triggers = """
      from pg_trigger g join pg_class c on c.oid = g.tgrelid
       where c.relnamespace = 'guarantee'::regnamespace and not g.tgisinternal
      """
    try await expectNone(
      "select c.relname || ': ' || g.tgname \(triggers) and g.tgname !~ ('^' || c.relname || '_.')",
      of: triggers)
  }

  @Test("Every text that rows are found by sorts by its bytes")
  func collations() async throws {
    let keys = """
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_attribute a on a.attrelid = i.indrelid
       where c.relnamespace = 'guarantee'::regnamespace and a.attnum = any(i.indkey)
         and c.relname not in ('migration', 'source')
         and a.atttypid in ('text'::regtype, 'varchar'::regtype)
      """
    try await expectNone(
      "select distinct c.relname || '.' || a.attname \(keys) and a.attcollation <> '\"C\"'::regcollation",
      of: keys)
  }

  @Test("Every table has a primary key, and no column is of a type that rounds or forgets its zone")
  func columns() async throws {
    let tables = "from pg_class c where c.relnamespace = 'guarantee'::regnamespace and c.relkind = 'r'"
    try await expectNone(
      "select c.oid::regclass \(tables) and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')",
      of: tables)
    let columns = """
      from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace in (\(Self.schemas)) and a.attnum > 0
      """
    try await expectNone(
      "select c.relname || '.' || a.attname \(columns) and a.atttypid in ('real'::regtype, 'float8'::regtype, 'money'::regtype, 'json'::regtype, 'timestamp'::regtype)",
      of: columns)
  }
}
