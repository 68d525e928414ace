import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import TestSupport
import Testing

@Suite("Reading reports")
struct ReportTests {
  /// Runs `body` with a ledger whose report of lots is the given query, with `office` and `dispute` in it.
  private func withLots(
    _ query: String, _ body: @Sendable (Ledger) async throws -> Void
  ) async throws {
    try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
      let connection = try await PostgresConnection.connect(to: connectionString)
      try await connection.execute(
        """
        drop function if exists guarantee_api.report_lots(text, text) cascade;
        create function guarantee_api.report_lots(office text default null, dispute text default null)
          returns table (dispute_ text, value numeric, due_on date, is_open boolean) language sql as $$ \(query) $$;
        """)
      await connection.close()
      let ledger = try await Ledger.open(.patient(connectionString))
      try await body(ledger)
      await ledger.close()
    }
  }

  private static let columns = [
    ReportColumn(name: "dispute_", kind: .text), ReportColumn(name: "value", kind: .number),
    ReportColumn(name: "due_on", kind: .date), ReportColumn(name: "is_open", kind: .boolean),
  ]

  static let contract: [Report: String] = [
    .balances: "account,office,role,dispute,guarantor,currency,balance",
    .trialBalance: "office,role,currency,debit,credit",
    .statement: "on,key,event,account,reference,debit,credit,balance",
    .exposure: "office,guarantor,currency,facility,held,frozen,undertaken,called,exposure,available,funds",
    .disputes:
      "dispute,office,stage,outcome,currency,goods_value,conditionally_released,cover,award,drawn",
    .lots: "dispute,lot,state,currency,value",
    .deadlines: "dispute,deadline,starts_on,due_on,state,working_days_left",
    .ageing: "office,guarantor,currency,days_0_30,days_31_90,days_91_180,days_181_365,over_365",
    .journal:
      "on,office,sequence,line,key,event,account,debit,credit,reference,recorded_at,recorded_by,approved_by",
    .lateEntries:
      "on,recorded_at,days_late,office,sequence,key,event,account,debit,credit,recorded_by",
    .movements: "office,role,currency,opening,in,out,closing",
    .flows: "office,currency,debit_role,credit_role,amount,events",
    .commitments:
      "office,dispute,guarantor,currency,stage,held,frozen,undertaken,expires_on,drawn,called,recourse",
    .cover: "office,currency,month_end,goods_out,cash,undertakings",
    .segregation: "office,currency,line,role,dispute,guarantor,depositor,amount",
    .unclaimed: "office,role,dispute,currency,days_0_30,days_31_90,days_91_180,days_181_365,over_365",
    .attempts:
      "office,number,attempted_at,attempted_by,key,event,result,dispute,reported,fields,hash",
    .pending:
      "key,office,on,event,dispute,guarantor,currency,amount,reference,proposed_at,proposed_by,approved_by,approvals,needed",
    .seals:
      "number,sealed_at,sealed_by,events,root,previous,key_id,public_key,signature",
    .recourse: "office,guarantor,dispute,currency,days_0_30,days_31_90,days_91_180,days_181_365,over_365",
    .reconciliation: "office,currency,item,reason,on,age_days,amount,balance",
    .closing: "office,through,account,opening,debit,credit,closing,role,dispute,guarantor,currency",
    .closings:
      "office,through,sequence,key,closed_at,closed_by,accounts,disputes,lots,balances,previous,hash,seal",
  ]

  @Test("Every report begins with the columns that others rely on, and takes all its filters")
  func contract() async throws {
    try await withLedger { ledger in
      for report in Report.allCases {
        var columns: [String] = []
        let filters = Dictionary(
          uniqueKeysWithValues: report.filters.map {
            ($0, [.from, .to, .through].contains($0) ? "2026-01-31" : "X")
          })
        for given in [[:], filters] {
          try await ledger.report(report, where: given, columns: { columns = $0.map(\.name) }, row: { _ in })
          let expected = Self.contract[report, default: "?"].split(separator: ",").map(String.init)
          #expect(Array(columns.prefix(expected.count)) == expected)
        }
      }
    }
  }

  @Test("What is due, lapsed and out of order, and a history, can be read of an empty ledger")
  func others() async throws {
    try await withLedger { ledger in
      var rows = 0
      try await ledger.due(within: 30, columns: { _ in }, row: { _ in rows += 1 })
      try await ledger.due(within: 30, office: "X", columns: { _ in }, row: { _ in rows += 1 })
      try await ledger.history(of: "X", columns: { _ in }, row: { _ in rows += 1 })
      try await ledger.check(columns: { _ in }, row: { _ in rows += 1 })
      #expect(rows == 0)
      let lapsed = try await ledger.lapsed()
      #expect(lapsed == [])
    }
  }

  @Test("What has lapsed comes as an event that can be recorded")
  func lapsed() async throws {
    try await withLedger { ledger in
      let on = try #require(LedgerDate("2025-01-02"))
      let setUp: [any LedgerEvent] = [
        RegisterOffice(key: "1", on: on, office: "O", zone: "Z"),
        RegisterParty(key: "2", on: on, party: "R", kind: .rightHolder),
        RegisterParty(key: "3", on: on, party: "C", kind: .consignor),
        RegisterRecordal(key: "4", on: on, recordal: "P", party: "R", kind: .invention, validFrom: on),
        OpenDispute(
          key: "5", on: on, office: "O", dispute: "D", procedure: .exOfficio, recordal: "P", rightHolder: "R",
          consignor: "C", currency: .cny),
      ]
      let results = try await ledger.record(setUp)
      #expect(results.map(\.code) == Array(repeating: "recorded", count: 5))
      let events = try await ledger.lapsed(office: "O")
      #expect(events.map(\.name) == ["lapse"])
      #expect(events.first?.fields["dispute"] == "D")
      let again = try await ledger.lapsed()
      #expect(again == events)
      // Whoever comes second records nothing more.
      let lapse = try await ledger.record(events + again)
      #expect(lapse.map(\.code) == ["recorded", "replayed"])
      #expect(try await ledger.dispute("D")?.outcome == .lapsed)
    }
  }

  @Test("Columns come once before the rows, and values as text")
  func rows() async throws {
    try await withLots("values ('D', 1.50, date '2026-01-05', true), (null, 0.00, null, false)") { ledger in
      var columns: [[ReportColumn]] = []
      var rows: [[String?]] = []
      try await ledger.report(
        .lots,
        columns: {
          #expect(rows.isEmpty)
          columns.append($0)
        }, row: { rows.append($0) })
      #expect(columns == [Self.columns])
      #expect(rows == [["D", "1.50", "2026-01-05", "true"], [nil, "0.00", nil, "false"]])
    }
  }

  @Test("Columns come when there is no row")
  func noRows() async throws {
    try await withLots("select null, null::numeric, null::date, null::boolean where false") { ledger in
      var columns: [[ReportColumn]] = []
      try await ledger.report(
        .lots, columns: { columns.append($0) }, row: { _ in Issue.record("there is a row") })
      #expect(columns == [Self.columns])
    }
  }

  @Test("Filters reach the report by their names, and those it has not are left out")
  func filters() async throws {
    try await withLots(
      "select coalesce(office, '-') || coalesce(dispute, '-'), null::numeric, null::date, null::boolean"
    ) {
      ledger in
      var values: [String?] = []
      for filters: [ReportFilter: String] in [
        [:], [.office: "O'"], [.dispute: "D"], [.dispute: "D", .office: "O", .account: "A"],
      ] {
        try await ledger.report(.lots, where: filters, columns: { _ in }, row: { values.append($0[0]) })
      }
      #expect(values == ["--", "O'-", "-D", "OD"])
    }
  }

  @Test("An error of the reader ends the report and is thrown as it is")
  func readerStops() async throws {
    struct Stop: Error {}
    try await withLots("select 'D', n::numeric, null::date, true from generate_series(1, 9000) n") { ledger in
      await #expect(throws: Stop.self) {
        try await ledger.report(.lots, columns: { _ in }, row: { _ in throw Stop() })
      }
    }
  }

  @Test("An error of the database within a report is a ledger's")
  func databaseFails() async throws {
    try await withLots(
      "select 'D', 1 / (n - 3000)::numeric, null::date, true from generate_series(1, 9000) n"
    ) { ledger in
      let error = await #expect(throws: LedgerError.self) {
        try await ledger.report(.lots, columns: { _ in }, row: { _ in })
      }
      #expect(error?.code == .database)
      let today = try await ledger.today()
      #expect(today.year >= 2025)
    }
  }
}
