import PostgresClient
import TestSupport
import Testing

@Suite("What the tables refuse from anybody, the superuser included")
struct ConstraintTests {
  /// A statement and what refuses it.
  struct Attempt: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sql: String
    let sqlState: String
    let constraint: String

    init(_ description: String, _ sql: String, _ sqlState: String, _ constraint: String) {
      testDescription = description
      self.sql = sql
      self.sqlState = sqlState
      self.constraint = constraint
    }
  }

  /// Functions to try with: an event at the end of its office's journal, and entries of the last event.
  private static let tools = """
    create function pg_temp.add_event(
      event text, dispute text default null, stage_from text default null, stage_to text default null,
      lot_from text default null, lot_to text default null, key text default 'X', reverses text default null,
      office text default 'QINGDAO', ahead bigint default 0) returns void language sql as $$
      update guarantee.book b set sequence = sequence + 1 where b.office = add_event.office;
      insert into guarantee.event (office, sequence, key, "on", event, dispute, stage_from, stage_to, lot_from, lot_to,
                                   reverses, fields, recorded_at, recorded_by, hash)
      select b.office, b.sequence + ahead, add_event.key, '2025-03-03', add_event.event, add_event.dispute, add_event.stage_from,
             add_event.stage_to, add_event.lot_from, add_event.lot_to, add_event.reverses, '{"lot": "1"}', now(), 'somebody', b.hash
        from guarantee.book b where b.office = add_event.office
    $$;
    create function pg_temp.add_entries(variadic lines text[]) returns void language plpgsql as $$
    begin
      -- Each line is ROLE OFFICE AMOUNT; dispute accounts are the first of their role.
      insert into guarantee.entry (office, sequence, "on", key, guarantor, line, account_id, amount, version, balance)
      select 'QINGDAO', b.sequence, e."on", e.key, a.guarantor, 100 + l.n, a.account_id, split_part(l.line, ' ', 3)::bigint, 1000 + l.n, 0
        from unnest(lines) with ordinality l (line, n)
        join guarantee.book b on b.office = 'QINGDAO'
        join guarantee.event e on e.office = b.office and e.sequence = b.sequence
        left join lateral (
          select x.account_id, x.guarantor from guarantee.account x
           where x.role = split_part(l.line, ' ', 1) and x.office = split_part(l.line, ' ', 2) order by 1 limit 1) a on true;
    end
    $$;
    """

  /// Entries that are there once more, up to their number and balance.
  private static let again = """
    insert into guarantee.entry (office, sequence, "on", key, guarantor, line, account_id, amount, version, balance)
    select office, sequence, "on", key, guarantor, 100 + line, account_id, amount,
    """

  /// The entries of an event once more, with other values in the columns that are kept for their order.
  private static func misplacing(_ values: String) -> String {
    """
    insert into guarantee.entry (office, sequence, "on", key, guarantor, line, account_id, amount, version, balance)
    select office, sequence, \(values), 100 + line, account_id, amount, version + 1000, balance
      from guarantee.entry where key = 'M-QINGDAO'
    """
  }

  static let entries = [
    Attempt(
      "Entries that don't sum to zero",
      "select pg_temp.add_entries('bank QINGDAO 5', 'guarantor_funds QINGDAO -4')", "GL002", "entry_balanced"),
    Attempt(
      "Entries of one side alone", "select pg_temp.add_entries('bank QINGDAO 5')", "GL002", "entry_balanced"),
    Attempt(
      "Cash against memo",
      "select pg_temp.add_entries('bank QINGDAO 5', 'undertaking_held QINGDAO -5')", "GL002", "entry_balanced"
    ),
    Attempt(
      "An entry in another office's account",
      "select pg_temp.add_entries('bank QINGDAO 5', 'guarantor_funds HARBIN -5')", "GL002", "entry_balanced"),
    Attempt(
      "Entries in another office's accounts",
      "select pg_temp.add_entries('bank HARBIN 5', 'guarantor_funds HARBIN -5')", "GL002", "entry_balanced"),
    Attempt(
      "Entries of an event that isn't there",
      """
      insert into guarantee.entry (office, sequence, "on", key, guarantor, line, account_id, amount, version, balance)
      select 'QINGDAO', 999, "on", key, guarantor, line, account_id, amount, version + 1000, balance
        from guarantee.entry where (office, sequence) = (select office, max(sequence) from guarantee.entry
       where office = 'QINGDAO' group by office)
      """, "GL002", "entry_balanced"),
    Attempt(
      "An entry in no account",
      "insert into guarantee.entry (office, sequence, \"on\", key, guarantor, line, account_id, amount, version, balance) select office, sequence, \"on\", key, '', 100, -1, 5, 1, 5 from guarantee.event where key = 'M-QINGDAO'",
      "GL002", "entry_balanced"),
    Attempt(
      "Entries of another day than their event's", misplacing("\"on\" + 1, key, guarantor"), "GL002",
      "entry_balanced"),
    Attempt(
      "Entries with another key than their event's", misplacing("\"on\", 'M-HARBIN', guarantor"), "GL002",
      "entry_balanced"),
    Attempt(
      "Entries of another guarantor than their accounts'", misplacing("\"on\", key, 'OTHER'"), "GL002",
      "entry_balanced"),
    Attempt(
      "An entry of nothing", "select pg_temp.add_entries('bank QINGDAO 0')", "23514", "entry_amount"),
    Attempt(
      "An entry that leaves less than nothing",
      "\(again) version + 1000, -1 from guarantee.entry",
      "23514", "entry_floor"),
    Attempt(
      "An entry with a number that its account has given",
      "\(again) version, balance from guarantee.entry",
      "23505", "entry_version"),
    Attempt(
      "A balance below zero", "update guarantee.account set balance = -1 where role = 'guarantor_funds'",
      "23514", "account_floor"),
    Attempt(
      "An exposure below zero", "update guarantee.exposure set amount = -1", "23514", "exposure_floor"),
  ]

  static let events = [
    Attempt(
      "An event of a dispute without its transition", "select pg_temp.add_event('draw', 'D')", "23514",
      "event_has_transition"),
    Attempt(
      "An event of a dispute without its dispute", "select pg_temp.add_event('draw')", "GL003",
      "event_has_transition"),
    Attempt(
      "A transition that the rules don't have",
      "select pg_temp.add_event('draw', 'D', 'detained', 'detained')",
      "GL003", "event_dispute_transition"),
    Attempt(
      "A transition to another stage than the rules say",
      "select pg_temp.add_event('accept_suit', 'D', 'detained', 'closed')", "GL003",
      "event_dispute_transition"),
    Attempt(
      "A lot's transition that the rules don't have",
      "select pg_temp.add_event('release_lot', 'D', 'detained', 'detained', 'confiscated', 'released')",
      "GL003",
      "event_lot_transition"),
    Attempt(
      "An event of a lot without its transition",
      "select pg_temp.add_event('release_lot', 'D', 'detained', 'detained')", "GL003", "event_has_transition"),
    Attempt(
      "Half of a lot's transition",
      "select pg_temp.add_event('release_lot', 'D', 'detained', 'detained', 'held')", "23514",
      "event_lot_complete"),
    Attempt(
      "An event of no type", "select pg_temp.add_event('vanish')", "GL003", "event_of_type"),
    Attempt(
      "An event of no office",
      "insert into guarantee.event select 'NOWHERE', 1, 'X', \"on\", event, null, null, null, null, null, currency, null, fields, now(), 'x', null, hash from guarantee.event where key = 'M-QINGDAO'",
      "GL003", "event_of_book"),
    Attempt(
      "An event ahead of its office's journal", "select pg_temp.add_event('receive_funds', ahead => 1)",
      "GL003",
      "event_of_book"),
    Attempt(
      "An event in another's place", "select pg_temp.add_event('receive_funds', ahead => -1)", "23505",
      "event_pkey"),
    Attempt(
      "A known key", "select pg_temp.add_event('receive_funds', key => 'M-QINGDAO')", "23505", "event_key"),
    Attempt(
      "A known key at another office",
      "select pg_temp.add_event('receive_funds', key => 'M-QINGDAO', office => 'HARBIN')", "23505",
      "event_key"),
    Attempt(
      "A second reversal",
      "select pg_temp.add_event('reverse', key => 'X', reverses => 'M-HARBIN'), pg_temp.add_event('reverse', key => 'Y', reverses => 'M-HARBIN')",
      "23505", "event_reverses_once"),
  ]

  static let changes = ["event", "entry"].flatMap { table in
    [
      "update guarantee.\(table) set sequence = sequence",
      "update guarantee.\(table) set sequence = 1 where false",
      "delete from guarantee.\(table)", "delete from guarantee.\(table) where sequence = 1",
      "truncate guarantee.\(table)", "truncate guarantee.event, guarantee.entry",
      "with gone as (delete from guarantee.\(table) returning 1) select count(*) from gone",
    ].map { sql in
      let isBoth = sql.contains(",")
      return Attempt(sql, sql, "GL001", isBoth ? "event_append_only" : "\(table)_append_only")
    }
  }

  @Test("Entries that are none", arguments: entries)
  func entry(_ attempt: Attempt) async throws { try await expectRefused(attempt) }

  @Test("Events that can't have happened", arguments: events)
  func event(_ attempt: Attempt) async throws { try await expectRefused(attempt) }

  @Test("Changes of what was recorded", arguments: changes)
  func change(_ attempt: Attempt) async throws { try await expectRefused(attempt) }

  @Test("The tools by which all this is tried add an event and its entries when nothing is wrong with them")
  func control() async throws {
    try await withScene { ledger in
      try await ledger.connection.execute(
        "select pg_temp.add_event('receive_funds'); select pg_temp.add_entries('bank QINGDAO 5', 'guarantor_funds QINGDAO -5')"
      )
      #expect(try await ledger.check() != [])
    }
  }

  private func expectRefused(_ attempt: Attempt) async throws {
    try await withScene { ledger in
      let error = await #expect(throws: PostgresError.self) {
        try await ledger.connection.execute(attempt.sql)
      }
      #expect(error?.sqlState?.rawValue == attempt.sqlState)
      #expect(error?.constraint == attempt.constraint)
      let damage = try await ledger.check()
      #expect(damage == [])
    }
  }

  private func withScene(_ body: @Sendable (TestLedger) async throws -> Void) async throws {
    try await withLedger { ledger in
      let codes = try await ledger.record(Scene.opening + Scene.released("D"))
      try #require(codes.allSatisfy { $0 == "recorded" })
      try await ledger.connection.execute(Self.tools)
      try await body(ledger)
    }
  }
}
