import GuaranteeLedger
import PostgresClient
import Testing

@Suite("A ledger of a program that knew of no hashes")
struct ChainMigrationTests {
  @Test("It is brought up with the hashes that its events would have had")
  func hashes() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.everything)
      let hashes =
        "select office, sequence, encode(hash, 'hex') from guarantee.event order by office, sequence"
      let before = try await ledger.rows(hashes)
      let heads = try await ledger.rows(
        "select office, encode(hash, 'hex') from guarantee.book order by office")
      try await ledger.connection.execute(
        """
        drop schema guarantee_api, guarantee_past cascade;
        alter table guarantee.event drop column hash;
        alter table guarantee.book drop column hash;
        alter table guarantee.event_field drop constraint event_field_not_derived;
        drop table guarantee.attempt, guarantee.attempt_book, guarantee.seal;
        drop table guarantee.approval, guarantee.pending, guarantee.membership, guarantee.approval_limit;
        drop function guarantee.refuse_second_decision;
        delete from guarantee.migration where name >= '0005';
        delete from guarantee.source
        """)
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
}
