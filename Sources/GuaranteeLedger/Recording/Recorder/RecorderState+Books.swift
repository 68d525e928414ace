/// Books that another program holds for long, such as one that records a file as a whole or not at all: what needs such
/// a book waits for it apart, and the rest of its lane goes on.
extension RecorderState {
  typealias Book = OfficeBindings.Book

  func book(of events: any RecordableEvents, at position: Int) -> Book {
    offices.book(of: events.home(at: position))
  }

  /// A batch's events by the book that they need; what a call has beyond its first book is apart from all others, since it
  /// waits for what comes before it.
  func parts(of batch: RecorderBatch) -> [RecorderBatch] {
    var parts: [RecorderBatch] = []
    var remainders: [RecorderBatch] = []
    var partOfBook: [Book: Int] = [:]
    var bookOfCall: [Int: Book] = [:]
    var remainderOfCall: [Int: Int] = [:]
    for slice in batch.slices {
      guard let events = calls[slice.call]?.events else { continue }
      var rest = slice.positions
      if remainderOfCall[slice.call] == nil {
        let book = bookOfCall[slice.call] ?? self.book(of: events, at: rest.lowerBound)
        bookOfCall[slice.call] = book
        let end = rest.first { self.book(of: events, at: $0) != book } ?? rest.upperBound
        let index = partOfBook[book] ?? parts.endIndex
        if index == parts.endIndex { parts.append(batch.emptied) }
        partOfBook[book] = index
        parts[index].append(rest.lowerBound..<end, of: slice.call)
        rest = end..<rest.upperBound
      }
      guard !rest.isEmpty else { continue }
      let index = remainderOfCall[slice.call] ?? remainders.endIndex
      if index == remainders.endIndex { remainders.append(batch.emptied) }
      remainderOfCall[slice.call] = index
      remainders[index].append(rest, of: slice.call)
    }
    return parts + remainders
  }

  /// The book of a batch that needs only one.
  func book(of batch: RecorderBatch) -> Book? {
    batch.slices.first.flatMap { slice in
      calls[slice.call].map { book(of: $0.events, at: slice.positions.lowerBound) }
    }
  }

  /// What a call has to send next, so many events at most: those that need a held book, and which, or those that don't.
  func stretch(of call: Call, upTo count: Int) -> (positions: Range<Int>, heldBook: Book?) {
    let all = call.sent..<call.sent + count
    let held = lanes[call.lane].heldBooks
    guard !held.isEmpty else { return (all, nil) }
    func heldBook(at position: Int) -> Book? {
      let book = self.book(of: call.events, at: position)
      return held.contains(book) ? book : nil
    }
    let book = heldBook(at: all.lowerBound)
    let end = all.first { heldBook(at: $0) != book } ?? all.upperBound
    return (all.lowerBound..<end, book)
  }

  /// Adds events to what waits for a held book.
  mutating func wait(for book: Book, _ positions: Range<Int>, of id: Int, _ lane: Int) {
    if let last = lanes[lane].backlog.lastIndex(where: { $0.heldBook == book }),
      !lanes[lane].backlog[last].mayBeRecorded,
      lanes[lane].backlog[last].count + positions.count <= limits.batchLimit
    {
      lanes[lane].backlog[last].append(positions, of: id)
      return
    }
    var batch = RecorderBatch()
    batch.heldBook = book
    batch.append(positions, of: id)
    lanes[lane].backlog.append(batch)
  }

  /// What went wrong last on a call's way to the database; `nil` when nothing did.
  func trouble(of id: Int, _ call: Call) -> LedgerError? {
    let lane = lanes[call.lane]
    let waiting = (lane.flight.map { [$0] } ?? []) + lane.backlog
    let isHeldUp = waiting.contains { $0.heldBook != nil && $0.slices.contains { $0.call == id } }
    return isHeldUp
      ? LedgerError(.database, "Another program holds the book that they need.") : lane.lastError
  }
}
