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
    for row in rows {
      guard let row = FeedRow(row) else {
        throw LedgerError(.database, "The database gave an event that is none.")
      }
      if items.last?.event.position != row.position {
        guard let event = row.event else {
          throw LedgerError(.database, "The database gave an event that is none.")
        }
        items.append(Item(event: event, isLast: row.isLast))
      }
      if row.hasEntry {
        guard let entry = row.entry else {
          throw LedgerError(.database, "The database gave an entry that is none.")
        }
        items[items.count - 1].event.entries.append(entry)
      }
    }
  }

  init(items: [Item] = []) { self.items = items }
}

/// A row of `events_after` by the names of its columns.
private struct FeedRow {
  /// As many as the columns, which `sql` names in the order of the properties below.
  private static let columnCount = 24

  private let row: PostgresRow
  let position: EventPosition

  init?(_ row: PostgresRow) {
    guard row.count == Self.columnCount, let office = row[0], let sequence = row[1].flatMap({ Int64($0) })
    else { return nil }
    self.row = row
    position = EventPosition(office: office, sequence: sequence)
  }

  var isLast: Bool { row[2] == "t" }

  var event: RecordedEvent? {
    guard let key = row[3], let on = row[4], let name = row[5],
      let fields = row[6].flatMap({ try? JSONObject.members(of: $0) }),
      let recordedAt = row[13].flatMap({ Int64($0) }), let recordedBy = row[14]
    else { return nil }
    return RecordedEvent(
      position: position, event: Event(key: key, on: on, name: name, fields: fields), dispute: row[7],
      stage: transition(from: row[8], to: row[9]), lot: transition(from: row[10], to: row[11]),
      reverses: row[12], recordedAt: LedgerTime(microsecondsSince1970: recordedAt), recordedBy: recordedBy,
      approvedBy: row[15], entries: [])
  }

  var hasEntry: Bool { row[16] != nil }

  var entry: Entry? {
    guard let account = row[16], let role = row[17], let currency = row[20],
      let amount = (row[21] ?? row[22]).flatMap({ Amount($0) }), let balance = row[23].flatMap({ Amount($0) })
    else { return nil }
    return Entry(
      account: account, role: role, dispute: row[18], guarantor: row[19],
      side: row[21] == nil ? .credit : .debit, amount: amount, currency: currency, balance: balance)
  }

  private func transition(from: String?, to: String?) -> RecordedEvent.Transition? {
    guard let from, let to else { return nil }
    return RecordedEvent.Transition(from: from, to: to)
  }
}
