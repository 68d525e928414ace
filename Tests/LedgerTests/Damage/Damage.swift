import Testing

/// Something done to a ledger's tables past all that guards them.
struct Damage: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// The statements that do it; triggers are off.
  let sql: String
  /// The name of a check that has to see it.
  let check: String
  /// What that check has to name: a text, or a query that gives it before the damage is done.
  let subject: String

  init(_ description: String, _ sql: String, seenBy check: String, at subject: String) {
    testDescription = description
    self.sql = sql
    self.check = check
    self.subject = subject
  }
}

/// Queries that name things as checks do.
enum Subject {
  /// An event by its key: office and sequence.
  static func event(_ key: String) -> String {
    "select office || ' ' || sequence from guarantee.event where key = '\(key)'"
  }

  /// An event's entry in an account of a role.
  static func entry(_ key: String, _ role: String) -> String {
    """
    select concat_ws(' ', e.office, e.sequence, a.role, nullif(a.dispute, ''), nullif(a.guarantor, ''), a.currency)
      from guarantee.event e join guarantee.entry n using (office, sequence) join guarantee.account a using (account_id)
     where e.key = '\(key)' and a.role = '\(role)'
    """
  }

  /// An entry by its line.
  static func line(_ key: String, _ line: Int) -> String {
    "select office || ' ' || sequence || ' \(line)' from guarantee.event where key = '\(key)'"
  }

  /// What went between two kinds of account on a day.
  static func flow(from credit: String, to debit: String) -> String {
    """
    select concat_ws(' ', "on", office, debit_role, credit_role, currency) from guarantee.flow
     where credit_role = '\(credit)' and debit_role = '\(debit)'
    """
  }

  /// The goods that went into a state on a day.
  static func goodsFlow(to state: String) -> String {
    """
    select concat_ws(' ', "on", office, lot_from, lot_to, currency) from guarantee.goods_flow where lot_to = '\(state)'
    """
  }
}
