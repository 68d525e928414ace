import PostgresClient
import Testing

@testable import GuaranteeLedger

@Suite("Typed rows")
struct TypedRowTests {
  @Test("Each has a property for each column that the database gives, in its order, with the same value")
  func columns() async throws {
    try await withToldLedger { ledger in
      try await expectWhole(ledger.balances(includingZero: true))
      try await expectWhole(ledger.trialBalance())
      try await expectWhole(ledger.statement(of: .account("QINGDAO:bank:CNY")))
      try await expectWhole(ledger.exposures())
      try await expectWhole(ledger.disputes())
      try await expectWhole(ledger.lots())
      try await expectWhole(ledger.deadlines())
      try await expectWhole(ledger.ageing())
      try await expectWhole(ledger.journal())
      try await expectWhole(ledger.lateEntries())
      try await expectWhole(ledger.movements(from: LedgerDate("2025-06-01")))
      try await expectWhole(ledger.flows(from: LedgerDate("2025-01-01")))
      try await expectWhole(ledger.commitments())
      try await expectWhole(ledger.cover())
      try await expectWhole(ledger.segregation())
      try await expectWhole(ledger.unclaimed())
      try await expectWhole(ledger.recourse())
      try await expectWhole(ledger.closings())
      try await expectWhole(ledger.closing(through: LedgerDate("2025-12-31")))
      let account = StatementSubject.account("QINGDAO:bank:CNY")
      try await expectWhole(ledger.statement(of: account, from: LedgerDate("2025-03-01"), to: nil))
      try await expectWhole(ledger.due(withinDays: 10_000))
      try await expectWhole(ledger.todo(withinDays: 10_000))
      try await expectWhole(ledger.find("1"))
      try await expectWhole(ledger.nextSteps(of: "QD-2025-0104"))
      for dispute in try await ledger.disputes().all() {
        try await expectWhole(ledger.history(of: dispute.dispute))
      }
    }
  }

  @Test("What the check finds is typed too")
  func findings() async throws {
    try await withToldLedger { ledger in
      #expect(try await ledger.check().all() == [])
      _ = try await ledger.query("update guarantee.account set balance = balance + 1 where role = 'bank'")
      try await expectWhole(ledger.check())
    }
  }

  @Test("Every report is there as typed rows")
  func reports() {
    let typed: [Report: any ReadableRow.Type] = [
      .balances: AccountBalance.self, .trialBalance: TrialBalanceLine.self, .statement: StatementLine.self,
      .exposure: GuarantorExposure.self, .disputes: DisputePosition.self, .lots: Lot.self,
      .deadlines: Deadline.self, .ageing: CallAgeing.self, .journal: JournalLine.self,
      .lateEntries: LateEntry.self, .movements: Movement.self, .segregation: SegregationLine.self,
      .unclaimed: UnclaimedMoney.self, .recourse: RecourseAgeing.self, .attempts: RefusedAttempt.self,
      .reconciliation: ReconciliationLine.self, .seals: Seal.self, .closing: ClosingLine.self,
      .closings: Closing.self, .pending: PendingEvent.self, .flows: MoneyFlow.self,
      .commitments: Commitment.self,
      .cover: CoverMonth.self,
    ]
    for report in Report.allCases {
      let columns = typed[report]?.columns.joined(separator: ",") ?? ""
      #expect(columns.hasPrefix(ReportTests.contract[report, default: "?"]), "\(report)")
    }
  }

  @Test("A value that can't be read is an error that names the column, and no value")
  func unreadable() throws {
    var row = RowReader(["D", "1", "held", "CNY", "a lot"], of: Lot.columns)
    let error = #expect(throws: LedgerError.self) { try Lot(&row) }
    #expect(error?.code == .database)
    #expect(error?.message.contains("value") == true && error?.message.contains("a lot") == false)
    row = RowReader(["D", nil, "held", "CNY", "1"], of: Lot.columns)
    #expect(throws: LedgerError.self) { try Lot(&row) }
    row = RowReader(["D"], of: Lot.columns)
    #expect(throws: LedgerError.self) { try Lot(&row) }
  }

  /// Compares the typed rows with all that the database's function gives.
  private func expectWhole<Row: ReadableRow>(
    _ rows: LedgerRows<Row>, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let everything = try await rows.ledger.query(
      "select * " + rows.reading.source(from: 1), rows.reading.parameters)
    let typed = try await rows.all()
    #expect(everything.columns.map(\.name) == Row.columns, sourceLocation: sourceLocation)
    #expect(typed.count > 0 && typed.count == everything.rows.count, sourceLocation: sourceLocation)
    for (row, values) in zip(typed, everything.rows) {
      let properties = Array(Mirror(reflecting: row).children)
      #expect(
        properties.map { Self.column($0.label ?? "") } == Row.columns.map(Self.column),
        sourceLocation: sourceLocation)
      for (property, value) in zip(properties, values) {
        let isSame = Self.text(property.value, like: value ?? "") == (value ?? "")
        #expect(isSame, "\(property) is \(value ?? "null")", sourceLocation: sourceLocation)
      }
    }
  }

  /// A name without what Swift and SQL do to it: `days0to30` and `days_0_30` are the same.
  private static func column(_ name: String) -> String {
    let letters = name.lowercased().filter { $0 != "_" }
    return letters.hasPrefix("days") ? letters.split(separator: "to").joined() : letters
  }

  /// The property as the database writes it.
  private static func text(_ value: Any, like raw: String) -> String {
    switch value {
    case let money as Money: money.text
    case DueItem.Matter.deadline(let name): name.rawValue
    case DueItem.Matter.money(let role): role.rawValue
    case let events as [EventName]: events.map(\.rawValue).joined(separator: " ")
    case let time as LedgerTime: LedgerTime(raw) == time ? raw : time.description
    case Optional<Any>.none: ""
    case Optional<Any>.some(let value): text(value, in: raw)
    default: "\(value)"
    }
  }

  private static func text(_ value: Any, in raw: String) -> String {
    (value as? Money)?.text ?? "\(value)"
  }
}
