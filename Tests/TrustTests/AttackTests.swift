import GuaranteeLedger
import PostgresClient
import Testing

@Suite("What each role must not do, tried straight through SQL")
struct AttackTests {
  private static let nobodys = [
    "table guarantee.event", "select count(*) from guarantee.account", "table guarantee_api.journal",
    "table guarantee_past.event", "table guarantee.membership",
    "insert into guarantee.party values ('X', 'guarantor')",
    "update guarantee.account set balance = 0", "delete from guarantee.pending", "truncate guarantee.event",
    "copy guarantee.event to stdout", "do $$ begin lock table guarantee.event; end $$",
    "alter table guarantee.event disable row level security",
    "drop function guarantee_api.record(jsonb)",
    "create function guarantee_api.mine() returns integer language sql as 'select 1'",
    "create table guarantee_desk.mine ()", "select guarantee_api.append(null, null)",
    "select guarantee_api.apply(null)",
    "select guarantee_api.record_batch('[]')", "select guarantee_api.decide('[]', null)",
    "select * from guarantee_api.report_balances()", "select * from guarantee_api.check_ledger()",
    "select guarantee_api.add_member(session_user, 'approver', '{QINGDAO}')",
    "select guarantee_api.remove_member('x')",
    "select guarantee_api.set_rights()", "select guarantee_api.load_rules()",
    "select * from guarantee_api.members()",
    "set role guarantee_owner", "set role guarantee_reader", "set session authorization postgres",
    "grant guarantee_approver to session_user", "alter role session_user createrole",
    "select * from guarantee_api.propose_seal('x')", "set session_replication_role = replica",
  ]
  private static let own: [(name: String, role: MemberRole, forbidden: [String])] = [
    (
      "clerk", .clerk,
      [
        "select * from guarantee_api.approve('[]')", "select * from guarantee_desk.export_events()",
        "select * from guarantee_desk.check_ledger()",
      ]
    ),
    (
      "approver", .approver,
      ["select * from guarantee_api.record('[]')", "select guarantee_api.report_refusals('[]', '[]')"]
    ),
    (
      "auditor", .auditor,
      [
        "select * from guarantee_api.record('[]')", "select * from guarantee_api.approve('[]')",
        "select * from guarantee_api.refuse('[]', 'x')", "select * from guarantee_desk.export_events()",
      ]
    ),
  ]

  @Test("Every table, inner function and way to other rights is closed to all of them")
  func closed() async throws {
    try await Office.with { office in
      for (name, role, forbidden) in Self.own {
        try await office.add(name, role)
        try await office.session(of: name) { session in
          for sql in Self.nobodys + forbidden {
            let state = await session.refusal(of: sql)
            #expect(["42501", "0LP01", "42939"].contains(state), "\(name): \(sql)")
          }
        }
      }
      #expect(try await office.findings() == [])
    }
  }

  @Test(
    "No clerk puts refusals into another office's attempts, but what was refused for its shape or its sender")
  func reported() async throws {
    try await Office.with { office in
      try await office.add("anna", .clerk)
      try await office.session(of: "anna") { session in
        func report(_ event: String, _ code: String) -> String {
          "select guarantee_api.report_refusals('[\(event)]', '[\"\(code)\"]')"
        }
        let forged = [#"{"event": "refund_funds", "office": "HARBIN"}"#, #"{"dispute": "D-HARBIN"}"#]
        for event in forged {
          #expect(await session.refusal(of: report(event, "insufficient_funds")) == "42501")
          for code in ["not_permitted", "bad_value"] {
            #expect(await session.refusal(of: report(event, code)) == nil)
          }
        }
        let own = #"{"event": "refund_funds", "office": "QINGDAO"}"#
        #expect(await session.refusal(of: report(own, "insufficient_funds")) == nil)
      }
      #expect(try await office.findings() == [])
    }
  }

  @Test("A role at one office sees nothing of another, by any reading and with any setting")
  func otherOffice() async throws {
    try await Office.with { office in
      try await office.add("anna", .clerk)
      _ = try await office.owner.addMember(office.login("all"), as: .clerk, at: nil)
      _ = try await office.record([Office.refund("P-H", at: "HARBIN")], as: "all")
      let readings = try await office.rows(
        """
        select p.oid::regproc || '()' from pg_proc p
         where p.pronamespace in ('guarantee_desk'::regnamespace, 'guarantee_desk_past'::regnamespace) and p.pronargs = p.pronargdefaults
           and has_function_privilege('\(office.login("anna"))', p.oid, 'execute') order by 1
        """
      ).map { $0[0] }
      #expect(readings.count > 30)
      let others =
        readings + [
          "guarantee_desk.report_statement(dispute => 'D-HARBIN')",
          "guarantee_desk.dispute_history('D-HARBIN')",
          "guarantee_desk.report_statement(account => 'HARBIN:bank:CNY')", "guarantee_api.journal_end()",
          "guarantee_desk.report_statement(guarantor => 'BANK')",
          "guarantee_api.events_after('{}', '{}', 1000)",
          #"guarantee_api.offices_of('["D-HARBIN"]')"#, #"guarantee_api.ages_of('["M-HARBIN"]')"#,
        ]
      try await office.session(of: "anna") { session in
        for setting in [
          "row_security = on", "guarantee.as_of = '2030-01-01'", "search_path = guarantee, public",
        ] {
          try await session.execute("set \(setting)")
          for reading in others where !reading.contains("report_seals") {
            let found = try await session.query("select count(*) from \(reading) x where x::text ~ 'HARBIN'")
              .value
            #expect(found == "0", "\(reading) with \(setting)")
          }
        }
        let state = await session.refusal(
          of: "set row_security = off; select * from guarantee_desk.report_balances()")
        #expect(state == "42501")
      }
      try await office.acting(as: "anna") { ledger in
        let balances = try await ledger.balances().all()
        #expect(!balances.isEmpty && balances.allSatisfy { $0.office == "QINGDAO" })
        let waiting = try await ledger.pending().all()
        let (other, own) = (try await ledger.dispute("D-HARBIN"), try await ledger.dispute("D-QINGDAO"))
        #expect(waiting == [] && other == nil && own != nil)
      }
    }
  }

  @Test("What is another office's is answered as what isn't there")
  func sameAnswers() async throws {
    try await Office.with { office in
      try await office.add("anna", .clerk)
      try await office.add("anna", .approver)
      _ = try await office.owner.addMember(office.login("all"), as: .clerk, at: nil)
      _ = try await office.record([Office.refund("P-HARBIN", at: "HARBIN")], as: "all")
      try await office.acting(as: "anna") { ledger in
        func said(_ event: Event) async throws -> String {
          let refusal = try #require(try await ledger.record([event]).first?.refusal)
          return "\(refusal.code) \(refusal.message) \(refusal.asked ?? "")".replacing(
            "HARBIN", with: "NOWHERE")
        }
        for (name, field) in [("detain", "dispute"), ("reverse", "reverses")] {
          let there = name == "detain" ? "D" : "M"
          let hers = try await said(Office.event("X", name, [field: "\(there)-HARBIN", "reference": "r"]))
          let none = try await said(Office.event("X", name, [field: "\(there)-NOWHERE", "reference": "r"]))
          #expect(hers == none && hers.hasPrefix("not_permitted"))
        }
        let opening = try await said(
          Office.event("X", "receive_funds", Office.money("X", at: "HARBIN", "1.00").fields))
        #expect(opening.hasPrefix("not_permitted"))
        // That a key is taken can't be kept from whoever wants to take it; what took it can.
        let taken = try await said(Office.money("M-HARBIN", "1.00"))
        #expect(taken.hasPrefix("key_conflict") && !taken.contains("receive_funds"))
        let waiting = try await ledger.approve(["P-HARBIN", "P-NOWHERE"])
        #expect(waiting.map(\.code) == ["not_permitted", "not_permitted"])
        let words = waiting.map { $0.refusal?.message.replacing("HARBIN", with: "NOWHERE") }
        #expect(words[0] == words[1])
      }
    }
  }

  @Test("What was probably meant is told of what a login may read, and of nothing else")
  func suggestions() async throws {
    try await Office.with { office in
      let names = [
        "office": "HARBIM", "dispute": "D-HARBIM", "account": "HARBIM:guarantor_funds:BANK:CNY",
        "event": "M-HARBIM",
      ]
      let there = names.mapValues { $0.replacing("HARBIM", with: "HARBIN") }
      try await office.add("anna", .clerk)
      try await office.acting(as: "anna") { ledger in
        for asked in [names, there] {
          let unknown = try await ledger.unknownNames(asked)
          #expect(unknown.count == 4)
          #expect(unknown.allSatisfy { $0.near.allSatisfy { !$0.contains("HARBIN") } }, "\(unknown)")
        }
        let hers = there.mapValues { $0.replacing("HARBIN", with: "QINDAO") }
        let near = try await ledger.unknownNames(hers).map(\.near)
        #expect(near.count == 4 && near.allSatisfy { $0.contains { $0.contains("QINGDAO") } }, "\(near)")
      }
      #expect(try await office.owner.unknownNames(there) == [])
      let near = try await office.owner.unknownNames(names).map(\.near)
      #expect(near.allSatisfy { $0.contains { $0.contains("HARBIN") } }, "\(near)")
      // Without a role there is nothing to suggest.
      try await office.owner.removeMember(office.login("anna"))
    }
  }

  @Test("Nothing that a session makes or sets changes what is recorded, or by whom")
  func shadows() async throws {
    try await Office.with { office in
      try await office.add("anna", .clerk)
      try await office.session(of: "anna") { session in
        try await session.execute(
          """
          set search_path = pg_temp, public, guarantee_api; set application_name = 'postgres'; set role none;
          set transform_null_equals = on; set datestyle = 'German, DMY'; set intervalstyle = 'sql_standard'; set timezone = 'Pacific/Kiritimati';
          set bytea_output = escape; set extra_float_digits = -5; set guarantee.as_of = '1999-01-01'; set default_transaction_isolation = 'read committed';
          create temp table event (like pg_class); create temp table account (balance bigint); create temp table membership (login text);
          create function pg_temp.posts_of(text) returns text[] language sql as $$ select '{""}'::text[] $$;
          create function pg_temp.session_user() returns text language sql as $$ select 'postgres' $$;
          create function pg_temp.clock_timestamp() returns timestamptz language sql as $$ select 'epoch'::timestamptz $$;
          create function pg_temp.always(text, text) returns boolean language sql as 'select true';
          create operator pg_temp.= (leftarg = text, rightarg = text, function = pg_temp.always);
          """)
        let refund =
          #"[{"key":"A","on":"2025-03-03","event":"receive_funds","office":"QINGDAO","guarantor":"BANK","amount":"1.00","currency":"CNY","reference":"r"},"#
          + #"{"key":"B","on":"2025-03-03","event":"receive_funds","office":"HARBIN","guarantor":"BANK","amount":"1.00","currency":"CNY","reference":"r"},"#
          + #"{"key":"C","on":"2025-03-03","event":"receive_funds","office":"QINGDAO","guarantor":"BANK","amount":"1.00","currency":"CNY","reference":"r","recorded_by":"postgres"}]"#
        let rows = try await session.query(
          "select result from guarantee_api.record($1::jsonb) order by 1", [refund]
        ).rows
        #expect(rows.map { $0[0] } == ["not_permitted", "recorded", "unknown_field"])
      }
      let event = try await office.rows(
        "select recorded_by, recorded_at > now() - interval '1 hour' from guarantee.event where key = 'A'")
      #expect(event == [[office.login("anna"), "t"]])
      #expect(try await office.findings() == [])
    }
  }

  @Test("A stranger to the ledger and a member who was removed can do nothing")
  func strangers() async throws {
    try await Office.with { office in
      try await office.add("anna", .clerk)
      _ = try await office.rows("create role \(office.login("other")) login")
      try await office.session(of: "other") { session in
        #expect(await session.refusal(of: "select * from guarantee_desk.report_balances()") == "42501")
      }
      await #expect(throws: LedgerError.self) { try await office.record([], as: "other") }
      // In another ledger of the server he is somebody.
      _ = try await office.rows("grant guarantee_clerk, guarantee_auditor to \(office.login("other"))")
      #expect(try await office.record([Office.money("X", "1.00")], as: "other") == ["not_permitted"])
      let seen = try await office.acting(as: "other") { try await $0.balances().all() }
      #expect(seen == [])
      _ = try await office.rows("drop role \(office.login("other"))")
      try await office.session(of: "anna") { session in
        try await office.owner.removeMember(office.login("anna"))
        #expect(await session.refusal(of: "select * from guarantee_desk.report_balances()") == "42501")
        #expect(await session.refusal(of: "select * from guarantee_api.record('[]')") == "42501")
      }
      await #expect(throws: LedgerError.self) { try await office.record([], as: "anna") }
      #expect(try await office.ownerRecords([Office.money("X", "1.00")]) == ["not_permitted"])
      let past = try await office.owner.members(withPast: true).all()
      #expect(past.count == 1 && past.first?.takenBy == "postgres")
    }
  }
}
