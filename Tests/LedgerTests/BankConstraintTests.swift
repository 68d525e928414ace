import PostgresClient
import Testing

@Suite("What the bank's tables refuse from anybody, the superuser included")
struct BankConstraintTests {
  struct Attempt: Sendable, CustomTestStringConvertible {
    let sql: String
    let sqlState: String
    let constraint: String
    var testDescription: String { sql }

    init(_ sql: String, _ sqlState: String, _ constraint: String) {
      (self.sql, self.sqlState, self.constraint) = (sql, sqlState, constraint)
    }
  }

  private static func statement(
    _ position: Int, _ name: String, _ opening: Int, _ closing: Int, on day: String
  ) -> String {
    """
    insert into guarantee.bank_statement (account, currency, "position", statement, opens_on, closes_on, opening, closing, line_count,
                                          format, file, imported_at)
    values ('6222', 'CNY', \(position), '\(name)', '\(day)', '\(day)', \(opening), \(closing), \(opening == closing ? 0 : 1), 'csv', 'f', now())
    """
  }

  private static func line(_ position: Int, _ reference: String, _ amount: Int) -> String {
    """
    insert into guarantee.bank_line (account, currency, "position", series, reference, booked_on, value_on, amount, is_reversal, is_return,
                                     is_interest, marks, words, place)
    values ('6222', 'CNY', \(position), '2025-03-03', '\(reference)', '2025-03-03', '2025-03-03', \(amount), false, false, false, '{}', '{}', 'x')
    """
  }

  private static func match(_ difference: Int, _ parts: String, currency: String = "CNY") -> String {
    """
    insert into guarantee.bank_match (match, office, currency, rule, reason, difference, is_sure, made_at)
    values (9, 'HARBIN', '\(currency)', 'person', 'x', \(difference), true, now());
    insert into guarantee.bank_match_part (match, part, line, key) values \(parts)
    """
  }

  static let attempts =
    ["bank_account", "bank_statement", "bank_line", "bank_match", "bank_match_part"].flatMap { table in
      [
        Attempt("delete from guarantee.\(table)", "GL001", "\(table)_append_only"),
        Attempt("truncate guarantee.\(table) cascade", "GL001", "\(table)_append_only"),
      ]
    } + [
      Attempt("update guarantee.bank_line set amount = 1", "GL001", "bank_line_append_only"),
      Attempt("update guarantee.bank_statement set file = 'g'", "GL001", "bank_statement_append_only"),
      Attempt("update guarantee.bank_account set office = 'QINGDAO'", "GL001", "bank_account_append_only"),
      Attempt("update guarantee.bank_match set reason = 'y'", "GL001", "bank_match_kept"),
      Attempt(
        "update guarantee.bank_match_part set key = 'M-QINGDAO' where key is not null", "GL001",
        "bank_match_part_kept"),
      Attempt(
        "select guarantee_api.bank_unmatch('{1}'); update guarantee.bank_match_part set live = true where match = 1",
        "GL001",
        "bank_match_part_kept"),
      Attempt(
        "select guarantee_api.bank_unmatch('{1}'); update guarantee.bank_match set undone_at = null, undone_by = null where match = 1",
        "GL001", "bank_match_kept"),
      Attempt(
        statement(3, "N", 99_999_600, 99_999_600, on: "2025-03-06"), "GL102", "bank_statement_connects"),
      Attempt(
        statement(4, "N", 99_999_500, 99_999_500, on: "2025-03-06"), "GL102", "bank_statement_connects"),
      Attempt(
        statement(3, "N", 99_999_500, 99_999_500, on: "2025-03-05"), "GL102", "bank_statement_connects"),
      Attempt(
        statement(3, "N", 99_999_500, 99_999_600, on: "2025-03-06") + ";" + line(3, "N", 99), "GL101",
        "bank_line_adds_up"),
      Attempt(line(1, "N", 5), "GL101", "bank_line_adds_up"),
      Attempt(line(1, "BANK0001", 5), "23505", "bank_line_known"),
      Attempt(line(1, "N", 0), "23514", "bank_line_amount"),
      Attempt(match(0, "(9, 1, 99, null), (9, 2, null, 'M-QINGDAO')"), "23503", "bank_match_part_line_fkey"),
      Attempt(match(-500, "(9, 1, 2, null), (9, 2, null, 'R')"), "GL105", "bank_match_part_agrees"),
      Attempt(
        match(-100_000_500, "(9, 1, 2, null), (9, 2, null, 'M-QINGDAO')"), "GL105", "bank_match_part_agrees"),
      Attempt(match(-501, "(9, 1, 2, null)"), "GL105", "bank_match_part_agrees"),
      Attempt(match(-500, "(9, 1, 2, null)", currency: "USD"), "GL105", "bank_match_part_agrees"),
      Attempt(match(100_000_000, "(9, 1, 1, null)"), "23505", "bank_match_part_line"),
      Attempt(match(-100_000_000, "(9, 1, null, 'M-HARBIN')"), "23505", "bank_match_part_key"),
      Attempt(match(0, "(9, 1, null, null)"), "23514", "bank_match_part_one_side"),
    ]

  @Test("Changes, and what does not add up, connect or agree", arguments: attempts)
  func refused(_ attempt: Attempt) async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening)
      try await BankSide.tell(ledger.ledger)
      let error = await #expect(throws: PostgresError.self) {
        try await ledger.connection.execute(attempt.sql)
      }
      #expect(
        error?.sqlState?.rawValue == attempt.sqlState && error?.constraint == attempt.constraint,
        "\(String(describing: error))")
      let damage = try await ledger.check()
      #expect(damage == [])
    }
  }
}
