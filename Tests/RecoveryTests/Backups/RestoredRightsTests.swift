import Foundation
import GuaranteeLedger
import PostgresClient
import Synchronization
import TestSupport
import Testing

@Suite("Whose a restored ledger is", .heavy)
struct RestoredRightsTests {
  /// Owners, rights and row security of everything, a line each.
  private static let catalogue = """
    with names as (select oid from pg_namespace where nspname like 'guarantee%')
    select 'schema ' || nspname || ' ' || nspowner::regrole || ' ' || coalesce(nspacl::text, '') from pg_namespace where oid in (select oid from names)
    union all select 'relation ' || c.oid::regclass || ' ' || c.relowner::regrole || ' ' || c.relrowsecurity || c.relforcerowsecurity || ' '
        || coalesce((select string_agg(a::text, ' ' order by a::text) from unnest(c.relacl) a), '') || coalesce(c.reloptions::text, '')
      from pg_class c where c.relnamespace in (select oid from names) and c.relkind in ('r', 'v', 'c', 'S')
    union all select 'function ' || p.oid::regprocedure || ' ' || p.proowner::regrole || ' ' || p.prosecdef || ' '
        || coalesce((select string_agg(a::text, ' ' order by a::text) from unnest(p.proacl) a), '') || coalesce(p.proconfig::text, '')
      from pg_proc p where p.pronamespace in (select oid from names)
    union all select 'policy ' || tablename || ' ' || policyname || ' ' || roles::text || ' ' || cmd || ' ' || coalesce(qual, '') || coalesce(with_check, '')
      from pg_policies where schemaname like 'guarantee%'
    union all select 'trigger ' || tgrelid::regclass || ' ' || pg_get_triggerdef(oid) || ' ' || tgenabled::text from pg_trigger
      where not tgisinternal and tgrelid in (select oid from pg_class where relnamespace in (select oid from names))
    union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
      where connamespace in (select oid from names)
    union all select 'index ' || indexrelid::regclass || ' ' || pg_get_indexdef(indexrelid) from pg_index
      where indrelid in (select oid from pg_class where relnamespace in (select oid from names))
    order by 1
    """

  private static func lines(_ sql: String, of url: String) async throws -> [String] {
    let connection = try await PostgresConnection.connect(to: url)
    let rows = try await connection.query(sql).rows.compactMap { $0[0] }
    await connection.close()
    return rows
  }

  @Test(
    "On a server that knows none of its roles everything is whose it was, and members come without passwords")
  func otherServer() async throws {
    let (here, there) = (try await TemporaryServer(), try await TemporaryServer())
    let source = here.connectionString(database: try await here.makeDatabase(template: ToldLedger.examples))
    let folder = try TemporaryFolder()
    let program = Program.ledger(source)
    try await program.mustRun("user", "add", "anna", "--role", "clerk", "--office", "QINGDAO")
    try await program.mustRun(
      "user", "add", "boris", "--role", "approver", "--all-offices")
    try await program.mustRun("user", "add", "carl", "--role", "clerk", "--all-offices")
    try await program.mustRun("user", "remove", "carl")
    try await here.run("alter role anna password 'hers'")
    try await program.mustRun("backup", folder.file("one"))
    // PostgreSQL's own program takes the file as it is, and finds no login in it.
    let script = try await Program(path: "/usr/bin/env").mustRun("pg_restore", "--file=-", folder.file("one"))
    #expect(script.contains("CREATE TABLE guarantee.event") && script.contains("guarantee_desk"))
    #expect(
      try await Self.lines("select rolpassword from pg_authid where rolname = 'anna'", of: source).count == 1)
    for word in ["SCRAM-SHA-256$4096", "CREATE ROLE", "PASSWORD"] { #expect(!script.contains(word)) }

    try await there.run("create role boris login password 'his own'")
    let target = there.connectionString(database: try await there.makeDatabase())
    let said = try await Program.ledger(target).mustRun("restore", folder.file("one"))
    #expect(said.contains("Made without a password: anna\n"))
    #expect(said.contains("There already, and given their roles: boris\n"))
    let wanted = try await Self.lines(Self.catalogue, of: source)
    #expect(wanted.count > 600 && wanted.contains { $0.hasPrefix("policy ") })
    #expect(try await Self.lines(Self.catalogue, of: target) == wanted)
    let roles =
      "select rolname || ' ' || rolcanlogin || rolsuper || (rolpassword is not null) from pg_authid where rolname !~ '^pg_' order by 1"
    #expect(
      try await Self.lines(roles, of: target) == [
        "anna truefalsefalse", "boris truefalsetrue", "guarantee_approver falsefalsefalse",
        "guarantee_auditor falsefalsefalse",
        "guarantee_clerk falsefalsefalse", "guarantee_owner falsefalsefalse",
        "guarantee_reader falsefalsefalse",
        "postgres truetruefalse",
      ])
    let anna = Program.ledger(target.replacing("user=postgres", with: "user=anna"))
    #expect(try await anna.run(["report", "balances", "--office", "QINGDAO"]).exitCode == 0)
    let row = [
      "funds", "receive", "--key", "A", "--guarantor", "LUSHANG-GUARANTEE", "--amount", "1", "--currency",
      "CNY",
      "--reference", "r",
    ]
    #expect(try await anna.run(row + ["--office", "QINGDAO"]).exitCode == 0)
    #expect(try await anna.run(row + ["--office", "HARBIN"]).exitCode == 77)
    #expect(try await anna.run(["backup", folder.file("two")]).exitCode == 77)
    #expect(folder.contents == ["one"])
  }

  @Test("An owner who is no superuser backs up and restores, with a password that nobody sees")
  func keeper() async throws {
    let folder = try TemporaryFolder()
    let access = folder.file("access.conf")
    try Data("local all keeper scram-sha-256\nlocal all all trust\n".utf8).write(
      to: URL(fileURLWithPath: access))
    let server = try await TemporaryServer(settings: ["hba_file = '\(access)'"])
    let secret = "s3cret:with\\odd'signs"
    try await server.run("create role keeper login createrole password 's3cret:with\\odd''signs'")
    for name in ["books", "copy"] { try await server.run("create database \(name) owner keeper") }
    func url(_ database: String) -> String {
      "host=\(server.folder) dbname=\(database) user=keeper password='s3cret:with\\\\odd\\'signs'"
    }
    let (books, copy) = (Program.ledger(url("books")), Program.ledger(url("copy")))
    try await books.mustRun("migrate")
    let wrong = Program.ledger(url("books").replacing("s3cret", with: "wrong"))
    #expect(try await wrong.run(["status"]).exitCode == 69)
    try await books.record("stories/examples.csv")
    let watch = SecretWatch(secret)
    try await books.run(["backup", folder.file("one")], started: { watch.begin(leavingOut: $0) }).mustBeDone()
    watch.end()
    #expect(watch.programsSeen.contains("pg_dump"))
    #expect(watch.found == [])
    try await copy.run(["restore", folder.file("one")]).mustBeDone()
    #expect(try await ToldLedger.reports(of: copy) == ToldLedger.reports(of: books))
  }
}

extension Program.Run {
  fileprivate func mustBeDone() { #expect(exitCode == 0, "\(errors)") }
}

/// Looks for a secret in the arguments and the environment of every process, again and again.
private final class SecretWatch: Sendable {
  private struct State {
    var found: Set<String> = []
    var seen: Set<String> = []
    var isOver = false
  }

  private let secret: Data
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "SecretWatch")

  init(_ secret: String) { self.secret = Data(secret.utf8) }

  var found: Set<String> { state.withLock { $0.found } }
  var programsSeen: Set<String> { state.withLock { $0.seen } }

  /// - Parameter process: the program that the secret was given to.
  func begin(leavingOut process: Int32) {
    let own = [String(process), String(ProcessInfo.processInfo.processIdentifier)]
    queue.async {
      while !self.state.withLock({ $0.isOver }) { self.look(leavingOut: own) }
    }
  }

  func end() {
    state.withLock { $0.isOver = true }
    queue.sync {}
  }

  private func look(leavingOut own: [String]) {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    for process in processes where Int32(process) != nil && !own.contains(process) {
      let folder = "/proc/\(process)"
      guard let name = try? String(contentsOfFile: folder + "/comm", encoding: .utf8) else { continue }
      state.withLock { _ = $0.seen.insert(String(name.dropLast())) }
      for file in ["cmdline", "environ"] {
        let bytes = FileManager.default.contents(atPath: "\(folder)/\(file)") ?? Data()
        if bytes.range(of: secret) != nil {
          state.withLock { _ = $0.found.insert("\(name.dropLast()) \(file)") }
        }
      }
    }
  }
}
