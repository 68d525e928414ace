import GuaranteeLedger
import LedgerSQL
import PostgresClient
import TestSupport
import Testing

@Suite("New rules, loaded into a database")
struct NewRulesTests {
  /// A ledger with the new rules, loaded as a migration loads its own.
  private static let ledgerWithNewRules = DatabaseTemplate(name: "ledger_with_new_rules") {
    connectionString in
    _ = try await Ledger.migrate(connectionString)
    try await PostgresConnection.withConnection(to: connectionString) {
      try await load(NewRules.rows, over: $0)
    }
  }

  /// Loads the program's rules with some rows added.
  private static func load(_ rows: [String: [String]], over connection: PostgresConnection) async throws {
    try await connection.transaction { _ in try await stageAndLoad(rows, over: connection) }
  }

  private static func stageAndLoad(_ rows: [String: [String]], over connection: PostgresConnection)
    async throws
  {
    for file in LedgerSQL.rules {
      let text = NewRules.adding(rows, to: file.text, of: file.name)
      let table = "rules_" + String(file.name.map { $0 == "-" ? "_" : $0 })
      let columns = text.prefix { !$0.isNewline }.split(separator: ",").map {
        "\"\($0.filter { $0 != "\"" })\" text"
      }
      try await connection.execute(
        "create temp table \(table) (\(columns.joined(separator: ", "))) on commit drop")
      try await connection.copyIn("copy \(table) from stdin (format csv, header true)", text)
    }
    try await connection.execute("select guarantee_api.load_rules()")
  }

  @Test(
    "Events, accounts, postings, stages, deadlines, fields and instruments hold as soon as their rows are there"
  )
  func story() async throws {
    try await withLedger(template: Self.ledgerWithNewRules) { ledger in
      let codes = try await ledger.record(BondStory.events.map(\.fields))
      for (event, code) in zip(BondStory.events, codes) where code != event.result {
        Issue.record("want \(event.result), got \(code) for \(event.fields.sorted { $0.key < $1.key })")
      }
      #expect(codes.count == BondStory.events.count)
      #expect(
        try await ledger.rows(
          """
          select role, dispute, balance from guarantee_api.report_balances()
           where role ~ 'bond|treasury|undertaking' order by role
          """) == BondStory.balances)
      #expect(
        try await ledger.rows(
          """
          select dispute, deadline, due_on from guarantee_api.report_deadlines()
           where basis like 'Bond Rules%' order by dispute, deadline
          """) == BondStory.deadlines)
      #expect(try await ledger.check() == [])
    }
  }

  @Test("One by one they give the same")
  func oneByOne() async throws {
    try await withLedger(template: Self.ledgerWithNewRules) { ledger in
      var codes: [String] = []
      for event in BondStory.events { codes += try await ledger.record([event.fields]) }
      #expect(codes == BondStory.events.map(\.result))
      #expect(try await ledger.check() == [])
    }
  }

  @Test("Without the rows there are no such events")
  func control() async throws {
    try await withLedger { ledger in
      let codes = try await ledger.record(BondStory.events.map(\.fields))
      #expect(codes.contains("unknown_event"))
    }
  }

  @Test("Rules that recorded events rest on can't be taken away, and the ledger is as it was")
  func inUse() async throws {
    try await withLedger(template: Self.ledgerWithNewRules) { ledger in
      _ = try await ledger.record(BondStory.events.map(\.fields))
      let error = await #expect(throws: PostgresError.self) {
        try await Self.load([:], over: ledger.connection)
      }
      #expect(error?.sqlState?.rawValue == "GL004")
      #expect(error?.message.contains("the event deposit_bond from detained to detained") == true)
      let again = try await ledger.record([BondStory.events[BondStory.events.count - 1].fields])
      #expect(again == ["replayed"])
      #expect(try await ledger.check() == [])
    }
  }

  @Test("Rules that nothing rests on can be taken away")
  func unused() async throws {
    try await withLedger(template: Self.ledgerWithNewRules) { ledger in
      _ = try await ledger.record(Scene.everything)
      try await Self.load([:], over: ledger.connection)
      let codes = try await ledger.record(BondStory.events.suffix(11).map(\.fields))
      #expect(codes.contains("unknown_event"))
      let left =
        "select (select count(*) from guarantee.event_type where event ~ 'bond') + (select count(*) from guarantee.account_role where role ~ 'bond')"
      #expect(try await ledger.value(left) == "0")
      #expect(try await ledger.check() == [])
    }
  }

  @Test(
    "A deadline and what keeps it from having its effect count for events recorded before their rows came")
  func later() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.everything)
      let rows = [
        "deadlines": [
          "inspect_by,detain,,7,working_days,serve_notice,release_lot unless order_assistance,Inspection Rules art. 1",
          "store_until,add_lot,on_application,1,months,,exclude,Inspection Rules art. 2",
        ]
      ]
      try await Self.load(rows, over: ledger.connection)
      #expect(
        try await ledger.rows(
          """
          select dispute, deadline, due_on, state = 'met' from guarantee_api.report_deadlines()
           where basis like 'Inspection%' order by 1, 2
          """) == [
            ["D", "inspect_by", "2025-03-12", "t"], ["D", "store_until", "2025-04-03", "f"],
            ["E", "inspect_by", "2025-03-12", "f"], ["E", "store_until", "2025-04-03", "f"],
          ])
      #expect(try await ledger.check() == [])
      try await Self.load([:], over: ledger.connection)
      #expect(try await ledger.check() == [])
    }
  }
}
