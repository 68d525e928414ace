/// An event that was refused, with who tried it and when: a row of `Ledger.attempts`.
public struct RefusedAttempt: Sendable, Hashable {
  /// The office that the event was meant for; `nil` when it named none that is known.
  public let office: String?
  /// Its number among the attempts at the office, from 1 without gaps.
  public let number: Int64
  /// When it was tried, by the server's clock.
  public let attemptedAt: LedgerTime
  /// The database login that tried it.
  public let attemptedBy: String
  /// The key that the event came with; `nil` when it had none.
  public let key: String?
  /// What the event was called, known or not; `nil` when it was called nothing.
  public let event: String?
  /// Why it was refused.
  public let result: RefusalCode
  /// The dispute that it named; `nil` when it named none.
  public let dispute: String?
  /// Whether it was judged in a transaction that was rolled back: then its program said so afterwards, and `result`
  /// is the program's word.
  public let isReported: Bool
  /// The event as it was sent: JSON.
  public let fields: String
  /// The hash of the attempt and of those before it at the office: 64 hexadecimal digits.
  public let hash: String
}

extension RefusedAttempt: PageableRow {
  static let columns = [
    "office", "number", "attempted_at", "attempted_by", "key", "event", "result", "dispute", "reported",
    "fields",
    "hash",
  ]
  static let order = ["office", "number"]

  init(_ row: inout RowReader) throws(LedgerError) {
    office = try row.textIfAny()
    number = try row.integer()
    attemptedAt = try row.time()
    attemptedBy = try row.text()
    key = try row.textIfAny()
    event = try row.textIfAny()
    result = try row.code()
    dispute = try row.textIfAny()
    isReported = try row.text() == "t"
    fields = try row.text()
    hash = try row.text()
  }

  /// Where the row stands among the others.
  public var bookmark: Bookmark<RefusedAttempt> { Bookmark([office ?? "", String(number)]) }
}

extension Ledger {
  /// The events that were refused, sorted by office and number. Trial runs are no attempts, and neither is an event
  /// that came again with the same content.
  ///
  /// - Parameters:
  ///   - office: Only attempts at this office; empty: those at none that is known.
  ///   - bookmark: Only rows after this one's.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func attempts(
    office: String? = nil, after bookmark: Bookmark<RefusedAttempt>? = nil, limit: Int? = nil,
    deadline: Duration? = nil
  ) -> LedgerRows<RefusedAttempt> {
    rows(of: "report_attempts", ["office": office], after: bookmark, limit: limit, deadline: deadline)
  }
}
