import GuaranteeLedger
import TestSupport
import Testing

@Suite("What went between kinds of account")
struct FlowTests {
  /// Several days, an event with two double entries, a slip taken back, and goods that went out.
  private static let events =
    Scene.opening + Scene.released("D") + Scene.awarded("D") + Scene.released("E").map(later)
    + [later(Scene.funds(key: "more", office: "HARBIN", "7.00"))]

  private static func later(_ event: Fields) -> Fields { event.merging(["on": "2025-04-07"]) { $1 } }

  @Test(
    "Every kind of account ends with what its accounts hold, and begins a period with what it had before")
  func movements() async throws {
    try await withLedger { ledger in
      #expect(Set(try await ledger.record(Self.events)) == ["recorded"])
      let held = try await ledger.rows(
        """
        select b.office, b.role, b.currency, sum(b.balance)::text
          from guarantee_api.report_balances(zero => 'yes') b group by 1, 2, 3 order by 1, 2, 3
        """)
      let closings =
        "select office, role, currency, closing::text from guarantee_api.report_movements() order by 1, 2, 3"
      #expect(held.count > 10)
      #expect(try await ledger.rows(closings) == held)
      let turned = try await ledger.rows(
        """
        select office, role, a.closing, b.opening, b.in - b.out
          from guarantee_api.report_movements(null, null, '2025-04-06') a
          join guarantee_api.report_movements(null, '2025-04-07') b using (office, role, currency)
        """)
      #expect(turned.count > 10 && turned.allSatisfy { $0[2] == $0[3] })
      #expect(turned.contains { $0.starts(with: ["HARBIN", "bank"]) && $0[4] == "7.00" })
    }
  }

  @Test("A report of a period says the same by what is kept of each day and by the entries")
  func sameByEntries() async throws {
    try await withLedger { ledger in
      for event in Self.events { #expect(try await ledger.record([event]) == ["recorded"]) }
      for report in ["report_flows", "report_movements", "report_cover"] {
        for office in ["null", "'QINGDAO'", "'HARBIN'"] {
          for period in ["null, null", "'2025-04-01', null", "null, '2025-03-31'"] {
            let call = "\(report)(\(office), \(period))"
            let kept = try await ledger.rows("select x::text from guarantee_api.\(call) x")
            let added = try await ledger.rows("select x::text from guarantee_past.\(call) x")
            #expect(kept == added, "\(call)")
            #expect(!kept.isEmpty || office == "'HARBIN'", "\(call)")
          }
        }
      }
    }
  }
}
