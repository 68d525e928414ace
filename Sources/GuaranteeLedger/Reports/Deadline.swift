/// A statutory period of a dispute, or the end of an undertaking: a row of `Ledger.deadlines`.
public struct Deadline: Sendable, Hashable {
  /// The dispute's number.
  public let dispute: String
  /// Which period it is.
  public let deadline: DeadlineName
  /// The date of the event that started it; the period begins on the day after.
  public let startsOn: LedgerDate
  /// The period's last day; `nil` while the working days of a year that it needs are not known.
  public let dueOn: LedgerDate?
  /// How it stands with it today.
  public let state: DueState
  /// How many working days are left, the last one among them; `nil` unless it runs and they are known.
  public let workingDaysLeft: Int?
  /// Whose undertaking ends; `nil` for a statutory period.
  public let guarantor: String?
  /// The article of law behind it.
  public let basis: String
}

extension Deadline: PageableRow {
  static let columns = [
    "dispute", "deadline", "starts_on", "due_on", "state", "working_days_left", "guarantor", "basis",
  ]
  static let order = ["dispute", "deadline", "starts_on", "due_on", "guarantor"]

  init(_ row: inout RowReader) throws(LedgerError) {
    dispute = try row.text()
    deadline = try row.code()
    startsOn = try row.date()
    dueOn = try row.dateIfAny()
    state = try row.code()
    workingDaysLeft = try row.integerIfAny()
    guarantor = try row.textIfAny()
    basis = try row.text()
  }

  /// Where the row stands among the others.
  public var bookmark: Bookmark<Deadline> {
    Bookmark([dispute, deadline.rawValue, startsOn.description, dueOn?.description, guarantor ?? ""])
  }
}

extension Ledger {
  /// The statutory periods of each dispute and the ends of its undertakings, sorted by dispute and deadline.
  ///
  /// - Parameters:
  ///   - office: Only of this office's disputes.
  ///   - dispute: Only of this dispute.
  ///   - guarantor: Only of disputes in which this guarantor stands for the consignor.
  ///   - bookmark: Only rows after this one's.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func deadlines(
    office: String? = nil, dispute: String? = nil, guarantor: String? = nil,
    after bookmark: Bookmark<Deadline>? = nil, limit: Int? = nil, deadline: Duration? = nil
  ) -> LedgerRows<Deadline> {
    rows(
      of: "report_deadlines", ["office": office, "dispute": dispute, "guarantor": guarantor],
      after: bookmark, limit: limit, deadline: deadline)
  }
}
