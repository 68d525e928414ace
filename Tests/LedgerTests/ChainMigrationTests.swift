import GuaranteeLedger
import PostgresClient
import Testing

@Suite("A ledger of a program that knew of no hashes")
struct ChainMigrationTests {
  /// Takes a ledger back to what it was before its events had hashes.
  private static let goBack = """
    drop schema guarantee_api, guarantee_past cascade;
    drop index guarantee.entry_first_dated;
    alter table guarantee.account drop column name;
    create index account_named on guarantee.account (is_zero);
    alter table guarantee.event drop column hash;
    alter table guarantee.book drop column hash;
    alter table guarantee.event_field drop constraint event_field_not_derived, drop constraint event_field_no_closing;
    drop table guarantee.attempt, guarantee.attempt_book, guarantee.seal, guarantee.closing, guarantee.closing_balance,
      guarantee.flow, guarantee.goods_flow;
    drop table guarantee.approval, guarantee.pending, guarantee.membership, guarantee.approval_limit;
    drop table guarantee.bank_match_part, guarantee.bank_match, guarantee.bank_line, guarantee.bank_statement,
      guarantee.bank_account, guarantee.bank_book cascade;
    drop function guarantee.refuse_second_decision, guarantee.refuse_rematch, guarantee.check_bank_match_parts,
      guarantee.check_bank_statements, guarantee.check_bank_lines;
    delete from guarantee.migration where name >= '0005';
    delete from guarantee.source
    """

  @Test("It is brought up with the hashes that its events would have had")
  func hashes() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.everything.filter { $0["event"] != "close_period" })
      let hashes =
        "select office, sequence, encode(hash, 'hex') from guarantee.event order by office, sequence"
      let before = try await ledger.rows(hashes)
      let heads = try await ledger.rows(
        "select office, encode(hash, 'hex') from guarantee.book order by office")
      try await ledger.connection.execute(Self.goBack)
      let steps = try await Ledger.migrate(ledger.connectionString)
      #expect(steps.first == "ran migration 0005-chain")
      #expect(try await ledger.rows(hashes) == before)
      #expect(
        try await ledger.rows("select office, encode(hash, 'hex') from guarantee.book order by office")
          == heads)
      #expect(await ledger.refusal(of: "update guarantee.event set hash = hash") == "GL001")
      #expect(
        await ledger.refusal(of: "insert into guarantee.event select * from guarantee.event") == "23505")
      let found = try await ledger.check()
      #expect(found == [])
    }
  }

  @Test(
    "Books that were closed when no closings were kept have none, and the next closing begins with nothing")
  func closedBefore() async throws {
    try await withLedger(template: ClosedBooks.template) { ledger in
      try await ledger.connection.execute(Self.goBack)
      _ = try await Ledger.migrate(ledger.connectionString)
      #expect(try await ledger.ledger.closings().all() == [])
      #expect(try await ledger.check() == [])
      let next = ClosedBooks.close("next", "2025-05-31", office: "QINGDAO")
      #expect(try await ledger.record([next]) == ["recorded"])
      let closing = try #require(try await ledger.ledger.closings().all().first)
      #expect(closing.previous == String(repeating: "0", count: 64))
      let lines = try await ledger.ledger.closing().all()
      #expect(lines.count > 5 && lines.allSatisfy { $0.opening.isZero })
      #expect(try await ledger.check() == [])
    }
  }
}
