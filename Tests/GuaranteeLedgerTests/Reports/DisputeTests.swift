import Testing

@testable import GuaranteeLedger

@Suite("One dispute")
struct DisputeTests {
  @Test("It comes with its goods, deadlines and money, as the reports have them")
  func whole() async throws {
    try await withToldLedger { ledger in
      let positions = try await ledger.disputes().all()
      #expect(positions.count > 1)
      for position in positions {
        let number = position.dispute
        let dispute = try #require(try await ledger.dispute(number))
        #expect(dispute.position == position)
        #expect(dispute.stage == position.stage && dispute.cover == position.cover)
        #expect(dispute.lots == (try await ledger.lots(dispute: number).all()))
        #expect(dispute.deadlines == (try await ledger.deadlines(dispute: number).all()))
        #expect(dispute.balances == (try await ledger.balances(dispute: number).all()))
      }
    }
  }

  @Test("There is none where none was opened")
  func none() async throws {
    try await withToldLedger { ledger in
      let dispute = try await ledger.dispute("NO SUCH")
      #expect(dispute == nil)
      let exposure = try await ledger.exposure(of: "NOBODY", at: "QINGDAO", in: .cny)
      #expect(exposure == nil)
    }
  }

  @Test("A guarantor's exposure at an office is that of the report")
  func exposure() async throws {
    try await withToldLedger { ledger in
      for row in try await ledger.exposures().all() {
        let found = try await ledger.exposure(of: row.guarantor, at: row.office, in: row.currency)
        #expect(found == row)
        let other = try #require(Currency.known.first { $0 != row.currency })
        let none = try await ledger.exposure(of: row.guarantor, at: row.office, in: other)
        #expect(none == nil)
      }
    }
  }

  @Test("Each narrowing leaves the rows that fit, and only those")
  func filters() async throws {
    try await withToldLedger { ledger in
      let disputes = try await ledger.disputes().all()
      for stage in DisputeStage.known {
        let narrowed = try await ledger.disputes(stage: stage).all()
        #expect(narrowed == disputes.filter { $0.stage == stage })
      }
      let balances = try await ledger.balances().all()
      #expect(balances.allSatisfy { !$0.balance.isZero })
      for office in Set(balances.map(\.office)) {
        #expect(try await ledger.balances(office: office).all() == balances.filter { $0.office == office })
      }
      for guarantor in Set(balances.compactMap(\.guarantor)) {
        let narrowed = try await ledger.balances(guarantor: guarantor).all()
        #expect(narrowed == balances.filter { $0.guarantor == guarantor })
        let statement = try await ledger.statement(of: .guarantor(guarantor)).all()
        #expect(Set(statement.map(\.account)).isSuperset(of: narrowed.map(\.account)))
      }
      #expect(try await ledger.disputes(office: "NO SUCH").all() == [])
    }
  }
}
