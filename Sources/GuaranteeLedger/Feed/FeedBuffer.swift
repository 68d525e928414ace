/// Events of all offices on their way from the database to whoever follows, in the order in which they were
/// recorded.
///
/// Each look into the journal brings some events of each office that has more, so that an office with many
/// doesn't have those of the others read again and again. What an office has next is certain only while one of
/// its events is held, or when the latest look saw its end; otherwise the next event of all may be its, and the
/// journal has to be looked into first. So an event never comes before one of another office that was there
/// when it was recorded.
struct FeedBuffer {
  /// The last event of each office that was read.
  private(set) var read: FeedPosition
  /// How many events of each office are held.
  private(set) var held: [String: Int] = [:]
  private var needsPage = true

  private struct Item {
    let item: FeedPage.Item
    /// The number of the look that brought it.
    let page: Int
  }

  private var items: [Item] = []
  private var firstIndex = 0
  private var pageCount = 0

  /// - Parameter position: Where to begin.
  init(after position: FeedPosition) {
    read = position
  }

  /// How many events are held in all.
  var count: Int { items.count - firstIndex }

  /// Whether the next event is certain without looking into the journal.
  var hasNext: Bool { !needsPage && firstIndex < items.count }

  /// Takes out the next event, if it is certain.
  mutating func next() -> RecordedEvent? {
    guard hasNext else { return nil }
    let next = items[firstIndex]
    firstIndex += 1
    let office = next.item.event.position.office
    let left = (held[office] ?? 1) - 1
    held[office] = left > 0 ? left : nil
    if left <= 0 { needsPage = !(next.item.isLast && next.page == pageCount) }
    return next.item.event
  }

  /// Takes what a look into the journal found after `read`.
  ///
  /// - Throws: `database` when it is not what follows, since part of the journal is missing.
  mutating func add(_ page: FeedPage) throws(LedgerError) {
    pageCount += 1
    for item in page.items {
      let position = item.event.position
      guard position.sequence == read[position.office] + 1 else {
        throw LedgerError(
          .database,
          "The journal of \(position.office.isEmpty ? "the register" : "office " + position.office) goes on with number \(position.sequence) after \(read[position.office]): events are missing."
        )
      }
      read.advance(past: item.event)
      held[position.office, default: 0] += 1
    }
    merge(page.items.map { Item(item: $0, page: pageCount) })
    // Without an event at hand there is nothing that another one could come before.
    needsPage = count == 0
  }

  private mutating func merge(_ new: [Item]) {
    var merged: [Item] = []
    merged.reserveCapacity(count + new.count)
    var index = new.startIndex
    for old in items[firstIndex...] {
      while index < new.endIndex, new[index].item.event.precedes(old.item.event) {
        merged.append(new[index])
        index += 1
      }
      merged.append(old)
    }
    merged += new[index...]
    items = merged
    firstIndex = 0
  }
}

extension RecordedEvent {
  /// The order in which events are handed out; within an office that of the journal, since times never go back
  /// there.
  fileprivate func precedes(_ other: RecordedEvent) -> Bool {
    if recordedAt != other.recordedAt { return recordedAt < other.recordedAt }
    if position.office != other.position.office {
      return position.office.utf8.lexicographicallyPrecedes(other.position.office.utf8)
    }
    return position.sequence < other.position.sequence
  }
}
