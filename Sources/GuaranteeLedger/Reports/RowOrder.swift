/// One of the values by which rows are sorted.
struct OrderItem: Sendable, Equatable {
  /// How values are compared.
  enum Comparison: Sendable, Equatable {
    /// As what they are: amounts as numbers, days as days, texts by their bytes.
    case value
    /// The same, but empty texts come last in either direction.
    case emptyLast
    /// By their places among these codes; others come before them.
    case ranked([String])
  }

  let column: String
  var comparison = Comparison.value
  var isDescending = false

  static func emptyLast(_ column: String) -> OrderItem { OrderItem(column: column, comparison: .emptyLast) }
  static func ranked(_ column: String, _ codes: String...) -> OrderItem {
    OrderItem(column: column, comparison: .ranked(codes))
  }
  /// Rows that have nothing there before all others.
  static func withoutFirst(_ column: String) -> OrderItem {
    OrderItem(column: column, comparison: .ranked([""]), isDescending: true)
  }
  static func latest(_ column: String) -> OrderItem { OrderItem(column: column, isDescending: true) }
}

extension OrderItem: ExpressibleByStringLiteral {
  init(stringLiteral column: String) { self.init(column: column) }
}

/// How the functions of the database sort their rows; no two rows are alike in all of it.
enum RowOrder {
  static func items(of function: String) -> [OrderItem] { items[function] ?? [] }

  private static let items: [String: [OrderItem]] = [
    "bank_matches": ["match"],
    "dispute_history": ["sequence"],
    "due": ["due_on", "office", "dispute", "what", "guarantor"],
    "find": [.emptyLast("adds"), .latest("on"), "office", .latest("sequence")],
    "members": ["login", "role", "office", "given_at"],
    "next_steps": [.withoutFirst("lacks"), "event", "lot", "guarantor", "instrument"],
    "report_ageing": ["office", "guarantor", "currency"],
    "report_attempts": ["office", "number"],
    "report_balances": ["account"],
    "report_closing": ["office", "role", "dispute", "guarantor", "currency"],
    "report_closings": ["office", "through"],
    "report_commitments": ["office", "dispute", "guarantor"],
    "report_cover": ["office", "currency", "month_end"],
    "report_deadlines": ["dispute", "deadline", "starts_on", "due_on", "guarantor"],
    "report_disputes": ["dispute"],
    "report_exposure": ["office", "guarantor", "currency"],
    "report_flows": ["office", "currency", "debit_role", "credit_role"],
    "report_journal": ["on", "office", "sequence", "line"],
    "report_late_entries": ["on", "recorded_at", "office", "sequence", "account", "debit", "credit"],
    "report_lots": ["dispute", "lot"],
    "report_movements": ["office", "role", "currency"],
    "report_pending": ["key"],
    "report_period_statement": [
      .ranked("event", "closing_balance"), "on", "key", "event", "account", "debit", "credit",
    ],
    "report_reconciliation": [
      "office", "currency",
      .ranked(
        "item", "ledger_balance", "opening", "bank", "ledger", "difference", "unexplained", "bank_balance"),
      "on", "line", .emptyLast("key"), "match",
    ],
    "report_recourse": ["office", "guarantor", "dispute", "currency"],
    "report_seals": ["number"],
    "report_segregation": ["office", "currency", "line", "role", "dispute", "guarantor"],
    "report_statement": ["on", "key", "event", "account", "debit", "credit"],
    "report_trial_balance": ["office", .ranked("role", "total"), "role", "currency", "ledger"],
    "report_unclaimed": ["office", "role", "dispute", "currency"],
    "todo": [
      .ranked("urgency", "overdue", "urgent", "soon", "waiting"), "due_on", "since", "office", "dispute",
      "what",
      "guarantor", .emptyLast("currency"), .emptyLast("key"),
    ],
  ]
}
