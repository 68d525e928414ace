import PostgresClient

/// Events as one look into the journal found them, in the order in which they were recorded.
struct FeedPage: Equatable {
  struct Item: Equatable {
    var event: RecordedEvent
    /// Whether the office had nothing more at that moment.
    let isLast: Bool
  }

  var items: [Item] = []

  /// - Parameter rows: Of `events_after`: one for each entry, next to each other those of an event.
  init(rows: [PostgresRow]) throws(LedgerError) {
    for values in rows {
      var row = RowReader(values, of: Self.columns)
      let position = EventPosition(office: try row.text(), sequence: try row.integer())
      let isLast = try row.text() == "t"
      let event = try RecordedEvent(at: position, &row)
      if items.last?.event.position != position { items.append(Item(event: event, isLast: isLast)) }
      if let entry = try Entry(&row) { items[items.count - 1].event.entries.append(entry) }
    }
  }

  init(items: [Item] = []) { self.items = items }

  /// What is read of `events_after`.
  static let columns = [
    "office", "sequence", "is_last", "key", "on", "event", "fields", "dispute", "stage_from", "stage_to",
    "lot_from", "lot_to", "reverses", "recorded_at", "recorded_by", "approved_by", "mark", "account",
    "role", "account_dispute", "guarantor", "currency", "debit", "credit", "balance",
  ]
}

extension RecordedEvent {
  fileprivate init(at position: EventPosition, _ row: inout RowReader) throws(LedgerError) {
    self.position = position
    let key = try row.text()
    on = try row.date()
    let name = try row.text()
    guard let fields = try? JSONObject.members(of: try row.text()) else {
      throw LedgerError(.database, "The database gave an event whose fields can't be read.")
    }
    event = Event(key: key, on: on.description, name: name, fields: fields)
    dispute = try row.textIfAny()
    stage = try Transition(&row)
    lot = try Transition(&row)
    reverses = try row.textIfAny()
    recordedAt = try row.time()
    recordedBy = try row.text()
    approvedBy = try row.textIfAny()
    mark = try row.text()
    entries = []
  }
}

extension RecordedEvent.Transition {
  fileprivate init?(_ row: inout RowReader) throws(LedgerError) {
    let from: State? = try row.codeIfAny()
    guard let to: State = try row.codeIfAny() else { return nil }
    self.init(from: from, to: to)
  }
}

extension Entry {
  /// `nil` when the row has none, since the event made no entries.
  fileprivate init?(_ row: inout RowReader) throws(LedgerError) {
    guard let account = try row.textIfAny() else { return nil }
    self.account = account
    role = try row.code()
    dispute = try row.textIfAny()
    guarantor = try row.textIfAny()
    let currency: Currency = try row.code()
    let debit = try row.moneyIfAny(in: currency)
    let credit = try row.moneyIfAny(in: currency)
    guard let amount = debit ?? credit else {
      throw LedgerError(.database, "The database gave an entry without an amount.")
    }
    side = debit == nil ? .credit : .debit
    self.amount = amount
    balance = try row.money(in: currency)
  }
}
