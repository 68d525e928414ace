import Testing

@testable import SQLEmbeddingTool

@Suite("Readings bound to the past")
struct PastBindingTests {
  private static let files = [
    SourceFile(
      path: "functions/money.sql",
      text: "create function guarantee_api.money() as $$ select 1 from guarantee.currency $$"),
    SourceFile(
      path: "functions/goods.sql",
      text: "create function guarantee_api.goods() as $$ select from guarantee.lot $$"),
    SourceFile(
      path: "functions/record.sql",
      text: "create function guarantee_api.record() as $$ insert into guarantee.lot $$"),
    SourceFile(
      path: "past/event.sql", text: "create view guarantee_past.event as select from guarantee.event"),
    SourceFile(
      path: "past/account.sql",
      text: "create view guarantee_past.account as table guarantee_past.expected_account"),
    SourceFile(
      path: "views/expected_account.sql",
      text: "create view guarantee_api.expected_account as select from guarantee.event join guarantee.account"
    ),
    SourceFile(
      path: "views/expected_lot.sql",
      text: "create view guarantee_api.expected_lot as select from guarantee.event join guarantee.account"),
    SourceFile(
      path: "views/report_lots.sql",
      text: """
        create function guarantee_api.report_lots() as $$
          select guarantee_api.money(), guarantee_api.goods() from guarantee.lot join guarantee.currency $$;
        comment on function guarantee_api.report_lots() is 'Lots';
        """),
  ]

  private static let bound = Dictionary(
    uniqueKeysWithValues: PastBinding(files: files).files.map { ($0.path, $0.text) })

  @Test("What a reading reads of the journal's consequences is moved, and what it reads of the rules is not")
  func reading() {
    #expect(
      Self.bound["past/views/report_lots.sql"] == """
        create function guarantee_past.report_lots() as $$
          select guarantee_api.money(), guarantee_past.goods() from guarantee_past.lot join guarantee.currency $$;
        comment on function guarantee_past.report_lots() is 'Lots';
        """)
    #expect(
      Self.bound["past/functions/goods.sql"]
        == "create function guarantee_past.goods() as $$ select from guarantee_past.lot $$")
  }

  @Test("What is expected of a table is the table, as it follows from a part of the journal")
  func expected() {
    #expect(
      Self.bound["past/views/expected_lot.sql"]
        == "create view guarantee_past.lot as select from guarantee_past.event join guarantee_past.account")
    // Of its own table, what never changes may be looked up.
    #expect(
      Self.bound["past/views/expected_account.sql"]
        == "create view guarantee_past.expected_account as select from guarantee_past.event join guarantee.account"
    )
  }

  @Test("Only readings and what they need are bound")
  func noMore() {
    #expect(
      Self.bound.keys.sorted() == [
        "past/functions/goods.sql", "past/views/expected_account.sql", "past/views/expected_lot.sql",
        "past/views/report_lots.sql",
      ])
  }
}
