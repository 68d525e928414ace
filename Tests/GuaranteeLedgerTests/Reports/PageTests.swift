import FoundationEssentials
import Testing

@testable import GuaranteeLedger

@Suite("Reading by pages")
struct PageTests {
  /// What the database is sent.
  private struct AskedPage: Decodable, Equatable {
    let rows: [String: String]
    let filters: [[String: String]]
    let order: [[String: String]]
  }

  @Test("Pages of every size give the rows that all at once are")
  func pages() async throws {
    try await withToldLedger { ledger in
      try await expectPages { ledger.balances(includingZero: true, after: $0, limit: $1) }
      try await expectPages { ledger.exposures(after: $0, limit: $1) }
      try await expectPages { ledger.disputes(after: $0, limit: $1) }
      try await expectPages { ledger.lots(after: $0, limit: $1) }
      try await expectPages { ledger.deadlines(after: $0, limit: $1) }
      try await expectPages { ledger.journal(after: $0, limit: $1) }
      try await expectPages {
        ledger.journal(from: LedgerDate("2025-02-01"), office: "QINGDAO", after: $0, limit: $1)
      }
      try await expectPages { ledger.commitments(after: $0, limit: $1) }
      let dispute = try #require(try await ledger.disputes(limit: 1).all().first).dispute
      try await expectPages { ledger.history(of: dispute, after: $0, limit: $1) }
    }
  }

  private func expectPages<Row: PageableRow & Hashable>(
    _ read: (Bookmark<Row>?, Int?) -> LedgerRows<Row>, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let all = try await read(nil, nil).all()
    #expect(all.count > 1, sourceLocation: sourceLocation)
    for size in 1...all.count {
      var paged: [Row] = []
      while true {
        let page = try await read(paged.last?.bookmark, size).all()
        #expect(page.count <= size, sourceLocation: sourceLocation)
        if page.isEmpty { break }
        paged += page
      }
      #expect(paged == all, "pages of \(size)", sourceLocation: sourceLocation)
    }
  }

  @Test("A bookmark comes back from its text, and no other text is one")
  func text() {
    let bookmark = Bookmark<Deadline>(["D", "sue_by", "2026-01-05", nil, ""])
    #expect(Bookmark<Deadline>(bookmark.description) == bookmark)
    #expect(Bookmark<DisputePosition>("D")?.values == ["D"])
    for text in ["D", "D\tsue_by", "D\tsue_by\t2026-01-05\t\t\t"] { #expect(Bookmark<Deadline>(text) == nil) }
    #expect(Bookmark<DisputePosition>("D\tE") == nil)
  }

  @Test("A bookmark that somebody else made up is an error of the reading or begins a page, and no harm")
  func madeUp() async throws {
    try await withToldLedger { ledger in
      let page = try await ledger.disputes(after: Bookmark("'; drop schema guarantee; --"), limit: 1).all()
      #expect(page.count == 1)
      let error = await #expect(throws: LedgerError.self) {
        try await ledger.deadlines(after: Bookmark("D\tsue_by\tsoon\t\t")).all()
      }
      #expect(error?.code == .database)
    }
  }

  @Test("The statement names its columns, counts its parameters, and leaves out what was not given")
  func statement() throws {
    let whole = Reading("f", columns: ["on", "dispute"], ["office": nil, "dispute": "D"])
    #expect(whole.sql(nil) == #"select "on", "dispute" from guarantee_api.f(dispute => $1)"#)
    #expect(whole.parameters == ["D"])
    let page = whole.page(Page(order: ["dispute", "starts_on"], after: ["C", nil], limit: 7))
    #expect(
      page.sql(nil) == #"select "on", "dispute" from guarantee_desk.f(dispute => $1, page => $2::jsonb)"#)
    #expect(page.parameters.count == 2 && page.parameters[0] == "D")
    let asked = try JSONDecoder().decode(AskedPage.self, from: Data((page.parameters[1] ?? "").utf8))
    #expect(
      asked
        == AskedPage(
          rows: ["limit": "7", "is_later": "yes"], filters: [],
          order: [["column": "dispute", "after": "C"], ["column": "starts_on"]]))
    let past = whole.sql(LookBack(asOf: LedgerDate("2026-01-31")))
    #expect(past == #"select "on", "dispute" from guarantee_past.f(dispute => $1)"#)
    let journal = Reading("report_journal", ["from_date": "2026-01-01"])
      .page(Page(order: ["on"], after: ["2026-02-03"]))
    #expect(journal.value(of: "from_date") == "2026-02-03", "the place is where the database begins")
    #expect(
      journal.sql(LookBack(asOf: LedgerDate("2026-01-31")))
        == "select * from guarantee_desk_past.report_journal(from_date => $1, page => $2::jsonb)")
    #expect(Reading("lapsed").sql(LookBack()) == "select * from guarantee_api.lapsed()")
  }
}
