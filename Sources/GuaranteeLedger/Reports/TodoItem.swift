/// Something that waits for the office's staff: a row of `Ledger.todo`.
public struct TodoItem: Sendable, Hashable {
  /// How soon it has to be seen to.
  public let urgency: Urgency
  /// The last day; `nil` for what has none.
  public let dueOn: LedgerDate?
  /// How many working days are left; `nil` unless a period runs and they are known.
  public let workingDaysLeft: Int?
  /// The office whose work it is; `nil` for what concerns all of them.
  public let office: String?
  /// The dispute's number; `nil` when it is about none.
  public let dispute: String?
  /// What it is about: a deadline, the account role on which money lies or is missing, `approval` for an event that
  /// waits for a second person, `facility_used` for a facility that is nearly or wholly used, or `calendar_year` for a
  /// year whose working days are not known.
  public let what: String
  /// The guarantor that it is about; `nil` when it is about none.
  public let guarantor: String?
  /// What the amount is in; `nil` without amount.
  public let currency: Currency?
  /// The money that lies or is missing, or what a facility has left; `nil` where none is.
  public let amount: Money?
  /// The day since which the oldest of that money has been waiting; `nil` without money that waits.
  public let since: LedgerDate?
  /// The events that deal with it; the one that waits, where it is about an approval.
  public let events: [EventName]
  /// The key of the event that waits for a second person; `nil` where it is about none.
  public let key: String?
}

/// How soon something has to be seen to.
public struct Urgency: LedgerCode {
  /// The code as the ledger spells it.
  public let rawValue: String

  /// Takes any code, known or not.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Its day has passed.
  public static let overdue = Self(rawValue: "overdue")
  /// At most three working days are left.
  public static let urgent = Self(rawValue: "urgent")
  /// Its day is near.
  public static let soon = Self(rawValue: "soon")
  /// It has no day, and waits.
  public static let waiting = Self(rawValue: "waiting")

  /// All that there are, the most pressing first.
  public static let known: [Urgency] = [.overdue, .urgent, .soon, .waiting]
}

extension TodoItem: ReadableRow {
  static let columns = [
    "urgency", "due_on", "working_days_left", "office", "dispute", "what", "guarantor", "currency", "amount",
    "since", "events", "key",
  ]

  init(_ row: inout RowReader) throws(LedgerError) {
    urgency = try row.code()
    dueOn = try row.dateIfAny()
    workingDaysLeft = try row.integerIfAny()
    office = try row.textIfAny()
    dispute = try row.textIfAny()
    what = try row.text()
    guarantor = try row.textIfAny()
    currency = try row.codeIfAny()
    amount = try row.moneyIfAny(in: currency ?? Currency(rawValue: ""))
    since = try row.dateIfAny()
    events = try row.codes()
    key = try row.textIfAny()
  }
}

extension Ledger {
  /// The work list, the most pressing first: deadlines and undertakings that have passed or run out within so many
  /// days, money that lies unplaced or to be paid or collected, facilities that are nearly used, and a year whose
  /// working days nobody has recorded.
  ///
  /// - Parameters:
  ///   - office: Only this office's work, and what concerns all offices.
  ///   - days: How many days to look ahead from today.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func todo(
    office: String? = nil, withinDays days: Int = 30, limit: Int? = nil, deadline: Duration? = nil
  ) -> LedgerRows<TodoItem> {
    rows(of: "todo", ["office": office, "within": String(days)], limit: limit, deadline: deadline)
  }
}
