import GuaranteeLedger
import Testing

@Suite("A hundred nasty texts in everything that is asked of the ledger")
struct EveryOptionTests {
  /// What the texts would change if one of them ran.
  private static let state = """
    select (select count(*) from guarantee.event)::text, (select count(*) from guarantee.party)::text,
           (select md5(string_agg(oid::regclass::text || relacl::text, ' ' order by oid)) from pg_class where relnamespace = 'guarantee'::regnamespace),
           (select md5(string_agg(rolname || rolsuper, ' ' order by oid)) from pg_roles where rolname ~ '^guarantee')
    """

  @Test("None runs: what is asked for isn't there, or is refused")
  func reading() async throws {
    try await Office.with { office in
      let before = try await office.rows(Self.state)
      let ledger = office.owner
      var asked = 0
      for (number, text) in NastyTexts.all.enumerated() {
        // Every text goes through every kind of filter, and every filter of a report gets a quarter of them.
        for (place, report) in Report.allCases.enumerated() where (number + place) % 4 == 0 {
          for filter in report.filters where ![.from, .to, .through, .zero, .totals].contains(filter) {
            asked += 1
            try await expectNothing("\(report) of \(filter) \(text)") { count in
              try await ledger.report(report, where: [filter: text], columns: { _ in }, row: { _ in count() })
            }
          }
        }
        try await expectNothing("what waits at \(text)") { count in
          try await ledger.due(within: 9, office: text, columns: { _ in }, row: { _ in count() })
        }
        try await expectNothing("the next steps of \(text)") { count in
          try await ledger.nextSteps(of: text, columns: { _ in }, row: { _ in count() })
          try await ledger.history(of: text, columns: { _ in }, row: { _ in count() })
        }
        for key in [text, "a" + text] where !text.utf8.contains(0) {
          #expect(try await ledger.receipt(for: key) == nil)
          #expect(try await ledger.approve([key]).allSatisfy { $0.refusal != nil }, "\(key)")
          do {
            #expect(
              try await ledger.refuse([key], because: text).allSatisfy { $0.obstacle != nil }, "\(key)")
          } catch let error as LedgerError {
            #expect(error.code == .notPossible, "\(key): \(error)")
          }
        }
        asked += 6
      }
      print("EveryOptionTests: asked \(asked) times")
      #expect(try await office.rows(Self.state) == before)
      #expect(try await office.findings() == [])
    }
  }

  /// What can be no code of the ledger's finds no row; a refusal is fine unless it is one of the statement itself.
  private func expectNothing(
    _ what: String, _ body: (_ count: @escaping @Sendable () -> Void) async throws -> Void
  ) async throws {
    let rows = Rows()
    do {
      try await body { rows.count += 1 }
    } catch let error as LedgerError {
      #expect(!error.message.contains("syntax") && !error.message.contains("(42"), "\(what): \(error)")
    }
    #expect(rows.count == 0, "\(what)")
  }

  /// Counts on one task.
  private final class Rows: @unchecked Sendable {
    var count = 0
  }

  @Test("A login of any name is made under just that name, or refused")
  func logins() async throws {
    try await Office.with { office in
      let texts = NastyTexts.all.filter { $0.utf8.count < 40 && !$0.utf8.contains(0) }
      var made = 0
      for text in texts {
        let name = text + office.login("x")
        do {
          try await office.owner.addMember(name, as: .clerk, at: ["QINGDAO"])
          made += 1
          let found = try await office.rows("select login from guarantee.membership where taken_at is null")
          #expect(found.contains([name]), "\(name)")
        } catch let error as LedgerError {
          #expect(!error.message.contains("(42601)"), "\(name): \(error)")
        }
      }
      #expect(made > 5)
      #expect(
        try await office.rows("select count(*) from pg_roles where rolsuper and rolname <> 'postgres'") == [
          ["0"]
        ])
      for row in try await office.rows("select distinct quote_ident(login) from guarantee.membership") {
        _ = try await office.rows("drop role if exists \(row[0])")
      }
    }
  }
}
