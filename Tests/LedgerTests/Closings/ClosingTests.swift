import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite("Closings of the books")
struct ClosingTests {
  @Test("What a closing has is what the books of its day have, and each begins where the one before ended")
  func goesOn() async throws {
    try await withLedger(template: ClosedBooks.template) { ledger in
      #expect(try await ledger.check() == [])
      for closing in try await ledger.ledger.closings().all() {
        let lines = try await ledger.ledger.closing(office: closing.office, through: closing.through).all()
        #expect(lines.allSatisfy { $0.office == closing.office && $0.through == closing.through })
        #expect(lines.count == Int(closing.accounts))
        let held = lines.filter { !$0.closing.isZero }.map { "\($0.account) \($0.closing)" }
        let balances = try await ledger.ledger.asOf(closing.through).balances(office: closing.office).all()
        #expect(held.sorted() == balances.map { "\($0.account) \($0.balance)" }.sorted(), "\(closing)")
      }
      // A row for each account that the closing before left with a balance, and for no other that did not move.
      let unlike = try await ledger.rows(
        """
        select * from guarantee.closing_balance b
          join (select office, through, lag(through) over (partition by office order by through) as before
                  from guarantee.closing) c using (office, through)
          left join guarantee.closing_balance p
            on p.office = b.office and p.through = c.before
           and (p.role, p.dispute, p.guarantor, p.currency) = (b.role, b.dispute, b.guarantor, b.currency)
         where b.opening <> coalesce(p.closing, 0) or (b.opening, b.debit, b.credit) = (0, 0, 0)
        """)
      #expect(unlike == [])
      let unproved = try await ledger.rows(
        """
        select b.office, b.through, r.ledger, b.currency from guarantee.closing_balance b
          join guarantee.account_role r using (role)
         group by 1, 2, 3, 4
        having sum(b.closing * r.normal_side) <> 0 or sum(b.opening * r.normal_side) <> 0 or sum(b.debit) <> sum(b.credit)
        """)
      #expect(unproved == [])
    }
  }

  @Test("What is dated after the day belongs to the next period, though it was recorded before")
  func early() async throws {
    try await withLedger { ledger in
      let events =
        Scene.opening
        + [
          Self.interest("A", on: "2025-03-10", "1.00"), Self.interest("B", on: "2025-04-10", "2.00"),
          Self.interest("C", on: "2025-03-20", "4.00"), Self.close("1", "2025-03-31"),
          Self.interest("D", on: "2025-04-30", "8.00"), Self.close("2", "2025-04-30"),
        ]
      let codes = try await ledger.record(events)
      #expect(Set(codes) == ["recorded"])
      func bank(_ day: String) async throws -> [String] {
        let lines = try await ledger.ledger.closing(through: LedgerDate(day)).all()
        return lines.filter { $0.account == "HARBIN:bank:CNY" }.flatMap {
          [$0.opening.text, $0.debit.text, $0.credit.text, $0.closing.text]
        }
      }
      #expect(try await bank("2025-03-31") == ["0.00", "1000005.00", "0.00", "1000005.00"])
      #expect(try await bank("2025-04-29") == ["0.00", "1000005.00", "0.00", "1000005.00"])
      #expect(try await bank("2025-04-30") == ["1000005.00", "10.00", "0.00", "1000015.00"])
      #expect(try await bank("2025-03-30") == [])
      #expect(try await ledger.check() == [])
    }
  }

  @Test("However events come in batches, the closings are the same to their hashes", arguments: [1, 7, 1000])
  func grouping(size: Int) async throws {
    let hashes = try await withLedger(template: ClosedBooks.template) { ledger in
      try await ledger.ledger.closings().all().map(\.hash)
    }
    try await withLedger { ledger in
      let events = ClosedBooks.events
      for first in stride(from: 0, to: events.count, by: size) {
        let codes = try await ledger.record(Array(events[first..<min(first + size, events.count)]))
        #expect(Set(codes) == ["recorded"])
      }
      let closings = try await ledger.ledger.closings().all()
      #expect(closings.map(\.hash) == hashes)
      #expect(Set(try await ledger.record(events)) == ["replayed"])
      #expect(try await ledger.check() == [])
    }
  }

  @Test("A closing that is refused or only tried leaves nothing")
  func refused() async throws {
    try await withLedger(template: ClosedBooks.template) { ledger in
      let before = try await ledger.ledger.closings().all()
      let codes = try await ledger.record([
        Self.close("again", "2025-03-31"), Self.close("back", "2025-03-01"),
        Self.close("ahead", "2999-01-01"),
        Self.interest("late", on: "2025-03-30", "1.00"),
      ])
      #expect(codes == ["period_closed", "period_closed", "date_in_future", "period_closed"])
      #expect(try await ledger.ledger.closings().all() == before)
    }
  }

  @Test("A slip in a closed period is taken back in the next one")
  func reversed() async throws {
    try await withLedger(template: ClosedBooks.template) { ledger in
      let reversal = Scene.event(
        "reverse", key: "back", on: "2025-05-02", ["reverses": "H interest", "reference": "paper"])
      #expect(
        try await ledger.record([reversal, Self.close("next", "2025-05-31")]) == ["recorded", "recorded"])
      let lines = try await ledger.ledger.closing(office: "HARBIN").all()
      let bank = try #require(lines.first { $0.role == .bank })
      #expect(bank.credit.text == "3.00" && bank.debit.isZero && bank.opening.text == "1000003.00")
      #expect(try await ledger.check() == [])
    }
  }

  @Test("The event's hash covers the closing, and its receipt has it")
  func covered() async throws {
    try await withLedger(template: ClosedBooks.template) { ledger in
      let key = SealingKey()
      let unsealed = try await ledger.ledger.closings().all()
      #expect(unsealed.count == 5 && unsealed.allSatisfy { $0.seal == nil })
      _ = try await ledger.ledger.seal(with: key)
      for closing in try await ledger.ledger.closings().all() {
        #expect(closing.seal == 1)
        let receipt = try #require(try await ledger.ledger.receipt(for: closing.key))
        #expect(receipt.event["closing_hash"] == closing.hash)
        #expect(try receipt.verify(trusting: key.id).key == closing.key)
      }
    }
  }

  @Test("Nothing of a closing can be changed")
  func appendOnly() async throws {
    try await withLedger(template: ClosedBooks.template) { ledger in
      for table in ["closing", "closing_balance"] {
        for statement in [
          "update guarantee.\(table) set office = office", "delete from guarantee.\(table)",
          "truncate guarantee.\(table)",
        ] {
          #expect(await ledger.refusal(of: statement) == "GL001", "\(statement)")
        }
      }
    }
  }

  @Test("A closing is known from when it was made, and is there from its day on")
  func past() async throws {
    try await withLedger(template: ClosedBooks.template) { ledger in
      let before = try await ledger.now()
      let made = try await ledger.ledger.closings().all()
      let lines = try await ledger.ledger.closing().all()
      #expect(try await ledger.record([Self.close("next", "2025-05-31")]) == ["recorded"])
      let past = ledger.ledger.knownAt(before)
      #expect(try await past.closings().all() == made)
      #expect(try await past.closing().all() == lines)
      #expect(try await ledger.ledger.closings().all().count == made.count + 1)
      let day = try #require(LedgerDate("2025-03-30"))
      let then = try await ledger.ledger.asOf(day).closings().all()
      #expect(then == made.filter { $0.through <= day } && then.count == 2)
    }
  }

  @Test("A closing that was changed is named", arguments: Damage.ofClosings)
  func damage(_ damage: Damage) async throws { try await damage.expectNamed(in: ClosedBooks.template) }

  private static func interest(_ key: String, on day: String, _ amount: String) -> Fields {
    ClosedBooks.interest(key, on: day, amount)
  }

  private static func close(_ key: String, _ day: String) -> Fields { ClosedBooks.close(key, day) }
}
