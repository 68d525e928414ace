import Testing

@Suite("What the bank's lines are not matched with for sure, and not matched with again")
struct BankDoubtTests {
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
