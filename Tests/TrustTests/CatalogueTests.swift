import PostgresClient
import TestSupport
import Testing

@Suite("What the catalogue says of everybody's rights")
struct CatalogueTests {
  private static let schemas =
    "(select oid from pg_namespace where nspname in ('guarantee', 'guarantee_api', 'guarantee_past', 'guarantee_desk', 'guarantee_desk_past'))"
  private static let people = "('guarantee_clerk', 'guarantee_approver', 'guarantee_auditor')"

  /// What breaks the rules, by the rule; each query names what it finds.
  private static let offenders: [(rule: String, query: String)] = [
    (
      "functions with their owner's rights pin their search path, with pg_temp last, and run as no superuser",
      """
      select p.oid::regprocedure::text from pg_proc p join pg_roles r on r.oid = p.proowner
       where p.pronamespace in \(schemas) and p.prosecdef
         and (r.rolsuper or r.rolcanlogin or not coalesce('search_path=pg_catalog, pg_temp' = any(p.proconfig), false))
      """
    ),
    (
      "everything belongs to roles that are no logins",
      """
      select c.oid::regclass::text from pg_class c join pg_roles r on r.oid = c.relowner
       where c.relnamespace in \(schemas) and (r.rolsuper or r.rolcanlogin)
      union all
      select p.oid::regprocedure::text from pg_proc p join pg_roles r on r.oid = p.proowner
       where p.pronamespace in \(schemas) and (r.rolsuper or r.rolcanlogin)
      """
    ),
    (
      "nothing is anybody's",
      """
      select p.oid::regprocedure::text from pg_proc p
       cross join aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where p.pronamespace in \(schemas) and a.grantee = 0
      union all
      select c.oid::regclass::text from pg_class c
       cross join aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a where c.relnamespace in \(schemas) and a.grantee = 0
      union all
      select t.oid::regtype::text from pg_type t join pg_class c on c.oid = t.typrelid and c.relkind = 'c'
       cross join aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) a where t.typnamespace in \(schemas) and a.grantee = 0
      union all
      select n.nspname from pg_namespace n
       cross join aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a where n.oid in \(schemas) and a.grantee = 0
      """
    ),
    (
      "no people have a table or view",
      """
      select c.oid::regclass::text from pg_class c cross join aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
       where c.relnamespace in \(schemas) and r.rolname in \(people)
      """
    ),
    (
      "every table has row security that holds for its owner too",
      """
      select c.oid::regclass::text from pg_class c
       where c.relnamespace in \(schemas) and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)
      """
    ),
    (
      "what people read shows an office's rows to that office only",
      """
      select c.oid::regclass::text from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'office'
       where c.relnamespace = 'guarantee'::regnamespace and c.relkind = 'r' and c.relname not in ('approval_limit', 'membership')
         and not exists (select from pg_policy p where p.polrelid = c.oid and p.polroles = array['guarantee_reader'::regrole::oid]
                            and pg_get_expr(p.polqual, p.polrelid) ~ 'visible_offices')
      """
    ),
    (
      "a view shows what its reader may see",
      """
      select c.oid::regclass::text from pg_class c
       where c.relnamespace in \(schemas) and c.relkind = 'v' and not coalesce('security_invoker=true' = any(c.reloptions), false)
      """
    ),
    (
      "no role of the ledger's is a login, a superuser or passes over row security",
      """
      select r.rolname from pg_roles r
       where r.rolname ~ '^guarantee_' and (r.rolcanlogin or r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb)
      """
    ),
  ]

  @Test("Nothing breaks the rules")
  func rules() async throws {
    try await Office.with { office in
      for (rule, query) in Self.offenders {
        let found = try await office.rows(query).map { $0[0] }
        #expect(found == [], "\(rule)")
      }
    }
  }

  @Test("What breaks a rule is found")
  func control() async throws {
    try await Office.with { office in
      _ = try await office.rows(
        "create function guarantee_api.loose() returns integer language sql security definer as 'select 1'")
      _ = try await office.rows("create table guarantee.loose (office text)")
      _ = try await office.rows("grant select on guarantee.event to guarantee_clerk")
      var found: [String] = []
      for (_, query) in Self.offenders { found += try await office.rows(query).map { $0[0] } }
      #expect(Set(found) == ["guarantee_api.loose()", "guarantee.loose", "guarantee.event"])
      #expect(found.count { $0 == "guarantee_api.loose()" } == 3)
    }
  }
}
