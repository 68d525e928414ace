import LedgerSQL
import ReferenceLedger
import Testing

@Suite("What the bank's lines are not matched with for sure, and not matched with again")
struct BankDoubtTests {
  /// What leaves custody, and whose it is as far as the ledger knows.
  private static let held = [
    "refund_funds": "LUSHANG-GUARANTEE", "pay_fee": "LUSHANG-GUARANTEE", "pay_right_holder": "RIGHT-HOLDER-A",
    "return_security": "RIGHT-HOLDER-A", "pay_consignor": "LAOSHAN-COOLING",
  ]
  /// What goes to somebody whom the ledger doesn't know: who stored the goods, the treasury, who had paid by mistake.
  private static let unknown: Set = ["pay_costs", "escheat", "escheat_security", "return_unidentified"]

  @Test(
    "A payment out is only proposed when it went to somebody else than it was held for",
    arguments: ["EVIL TRADING LTD", "LUSHANG-GUARANTEE", "RIGHT-HOLDER-A", "LAOSHAN-COOLING"])
  func payee(_ payee: String) async throws {
    try await withLedger { ledger in
      try await Self.tellStory(to: ledger)
      try await Self.importPayments(to: payee, in: ledger)
      _ = try await ledger.value("select guarantee_api.bank_match(3)")
      let found = try await ledger.rows(
        """
        select e.event, m.rule, m.is_sure from guarantee.bank_match m
          join guarantee.bank_match_part p on p.match = m.match and p.live
          join guarantee.event e on e.key = p.key
         where m.rule <> 'reversed'
        """)
      #expect(Set(found.map { $0[0] }) == Self.unknown.union(Self.held.keys))
      for row in found {
        let isDoubted = Self.held[row[0]].map { $0 != payee } ?? false
        #expect(row[1...] == (isDoubted ? ["wrong payee", "f"] : ["reference", "t"]), "\(row)")
      }
      let reasons = try await ledger.rows(
        "select distinct reason from guarantee_api.report_reconciliation() where match is not null")
      #expect(reasons == [["wrong_payee"]])
    }
  }

  /// The examples of all events, with a name for each party.
  private static func tellStory(to ledger: TestLedger) async throws {
    let story = try #require(LedgerSQL.files.first { $0.path == "stories/examples.csv" })
    let events = CSVTable(story.text).records.map { event in
      event["event"] == "register_party" ? event.merging(["name": event["party"] ?? ""]) { $1 } : event
    }
    #expect(try await ledger.record(events).allSatisfy { $0 == "recorded" })
  }

  /// A statement that has all that was paid from custody, by the events' keys.
  private static func importPayments(to payee: String, in ledger: TestLedger) async throws {
    let content = try await ledger.value(
      """
      select jsonb_build_object('account', '1', 'currency', 'CNY', 'office', 'QINGDAO', 'statement', '1', 'format', 'csv', 'file', 'f',
               'opens_on', '2025-01-01', 'closes_on', '2026-12-31', 'opening', '9000000', 'closing', (9000000 + sum(n.amount) / 100)::text,
               'lines', jsonb_agg(jsonb_build_object('series', '1', 'reference', 'B' || n.key, 'booked_on', n."on", 'value_on', n."on",
                 'amount', (n.amount / 100.0)::numeric(20, 2)::text, 'counterparty', $1::text, 'references', jsonb_build_array(n.key),
                 'place', 'line 1') order by n."on", n.key))
        from guarantee.entry n
        join guarantee.account a on a.account_id = n.account_id and a.role = 'bank' and a.office = 'QINGDAO' and a.currency = 'CNY'
        join guarantee.event e on e.key = n.key and e.reverses is null
       where n.amount < 0
      """, [payee])
    _ = try await ledger.rows("select * from guarantee_api.bank_import($1::jsonb)", [content])
  }

  @Test(
    "What was booked and taken back on one side is not put together again when a person has taken it apart")
  func reversals() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening)
      let twice = [
        Scene.funds(key: "twice", office: "HARBIN", "11.00"),
        Scene.event("reverse", key: "back", ["reverses": "twice", "reference": "paper"]),
      ]
      #expect(try await ledger.record(twice) == ["recorded", "recorded"])
      try await BankSide.tell(ledger.ledger)
      let standing = """
        select count(p.line), count(p.key) from guarantee.bank_match m join guarantee.bank_match_part p on p.match = m.match
         where m.rule = 'reversed' and p.live
        """
      #expect(try await ledger.rows(standing) == [["2", "2"]])
      _ = try await ledger.value(
        "select guarantee_api.bank_unmatch(array(select match from guarantee.bank_match where rule = 'reversed'))"
      )
      _ = try await ledger.value("select guarantee_api.bank_match(10)")
      #expect(try await ledger.rows(standing) == [["0", "0"]])
    }
  }
}
