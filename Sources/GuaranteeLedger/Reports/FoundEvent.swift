/// An event in which a text was found: a row of `Ledger.find`.
public struct FoundEvent: Sendable, Hashable {
  /// Legal or value date.
  public let on: LedgerDate
  /// What happened.
  public let event: EventName
  /// The event's key.
  public let key: String
  /// The office in whose journal it stands; `nil` for an event of no office.
  public let office: String?
  /// The dispute that it is about; `nil` when it is about none.
  public let dispute: String?
  /// The field in which the text stands, `key` among them.
  public let field: String
  /// All of that field.
  public let found: String
  /// Its number in the office's journal.
  public let sequence: Int64
  /// What kind of thing the event brings in, such as a party or a dispute; `nil` when it brings in none.
  public let adds: String?
}

extension FoundEvent: ReadableRow {
  static let columns = ["on", "event", "key", "office", "dispute", "field", "found", "sequence", "adds"]

  init(_ row: inout RowReader) throws(LedgerError) {
    on = try row.date()
    event = try row.code()
    key = try row.text()
    office = try row.textIfAny()
    dispute = try row.textIfAny()
    field = try row.text()
    found = try row.text()
    sequence = try row.integer()
    adds = try row.textIfAny()
  }
}

extension Ledger {
  /// The events in whose key or fields a text stands, upper and lower case alike: first those that brought in the
  /// dispute, party, recordal or office that is called so, then the latest. It looks at every event.
  ///
  /// - Parameters:
  ///   - text: What to look for, such as a part of a reference, a declaration or a name.
  ///   - office: Only in this office's journal.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func find(
    _ text: String, office: String? = nil, limit: Int? = nil, deadline: Duration? = nil
  ) -> LedgerRows<FoundEvent> {
    rows(of: "find", ["text": text, "office": office], limit: limit, deadline: deadline)
  }
}
