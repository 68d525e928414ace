/// Something in the ledger that does not follow from its events: a row of `Ledger.check`.
public struct CheckFinding: Sendable, Hashable {
  /// The rule that is broken, in words: `entries sum to zero`.
  public let check: String
  /// What breaks it: an account, an event, a dispute.
  public let subject: String
  /// What should be there; `nil` when nothing should.
  public let expected: String?
  /// What is there; `nil` when nothing is.
  public let found: String?
}

extension CheckFinding: ReadableRow {
  static let columns = ["check", "subject", "expected", "found"]

  init(_ row: inout RowReader) throws(LedgerError) {
    check = try row.text()
    subject = try row.text()
    expected = try row.textIfAny()
    found = try row.textIfAny()
  }
}

extension Ledger {
  /// Works everything out anew from the events and gives a row for whatever does not fit: none in a sound ledger.
  ///
  /// It reads the whole ledger, so it takes the longer the more there is.
  ///
  /// - Parameter deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil`
  ///   for the ledger's own deadline.
  public func check(deadline: Duration? = nil) -> LedgerRows<CheckFinding> {
    rows(of: "check_ledger", [:], deadline: deadline)
  }
}
