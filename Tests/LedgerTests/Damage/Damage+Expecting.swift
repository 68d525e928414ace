import PostgresClient
import TestSupport
import Testing

extension Damage {
  /// Does the damage to a copy of a sound ledger, and expects that `check` names it.
  func expectNamed(in template: DatabaseTemplate) async throws {
    try await withLedger(template: template) { ledger in
      var subject = subject
      if subject.hasPrefix("select ") { subject = try #require(try await ledger.value(subject)) }
      let before = try await Self.everything(in: ledger)
      try await ledger.connection.execute("set session_replication_role = replica")
      try await ledger.connection.execute(sql)
      let after = try await Self.everything(in: ledger)
      try #require(after != before, "the statement changes nothing")
      let found = try await ledger.rows(#"select "check", subject from guarantee_api.check_ledger()"#)
      #expect(found.contains([check, subject]), "\(found)")
    }
  }

  /// All rows of the ledger's tables, as one text that is another one when any of them is changed.
  private static func everything(in ledger: TestLedger) async throws -> String? {
    let tables = try await ledger.rows(
      "select oid::regclass from pg_class where relnamespace = 'guarantee'::regnamespace and relkind = 'r'")
    let digests = tables.map { "(select md5(string_agg(x::text, '' order by x::text)) from \($0[0]) x)" }
    return try await ledger.value("select concat_ws(',', \(digests.joined(separator: ", ")))")
  }
}
