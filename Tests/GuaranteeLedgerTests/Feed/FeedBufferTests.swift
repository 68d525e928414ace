import Testing

@testable import GuaranteeLedger

@Suite("Events on their way to a follower")
struct FeedBufferTests {
  /// Offices alike, one much busier than the others, many offices, one.
  private static let shapes = [[1, 1, 1, 1], [1, 60, 1, 1], Array(repeating: 1, count: 40), [1]]

  @Test(
    "Each office's events come in its order, and none before one that was there when it was recorded",
    arguments: shapes.indices, 1...25)
  func order(_ shape: Int, _ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let journal = MadeUpJournal(eventCount: 600, weights: Self.shapes[shape], random: &random)
    var buffer = FeedBuffer(after: .beginning)
    var seen = FeedPosition()
    var latestBegin = 0
    var count = 0
    var time = 0
    while count < journal.written.count {
      while let event = buffer.next() {
        #expect(event.position.sequence == seen[event.position.office] + 1)
        seen.advance(past: event)
        let written = try #require(journal.written.first { $0.event.position == event.position })
        #expect(written.committedAt >= latestBegin, "\(event.event.key) was there before one handed out")
        latestBegin = max(latestBegin, written.begunAt)
        count += 1
      }
      time += Int.random(in: 0...40, using: &random)
      try buffer.add(journal.look(at: time, after: buffer.read, held: buffer.held, wanted: 64))
      // However many offices there are, about as much is held as is wanted.
      #expect(buffer.count <= 64 + 16 * Self.shapes[shape].count)
    }
    #expect(buffer.next() == nil)
  }

  @Test("What is there comes in one order, wherever it is begun and however much is read at once")
  func sameOrder() throws {
    var random = SeededRandom(seed: 7)
    let journal = MadeUpJournal(eventCount: 300, weights: [2, 9, 1, 4], random: &random)
    func follow(after position: FeedPosition, wanted: Int) throws -> [EventPosition] {
      var buffer = FeedBuffer(after: position)
      var events: [EventPosition] = []
      while true {
        while let event = buffer.next() { events.append(event.position) }
        let page = journal.look(
          at: journal.clock, after: buffer.read, held: buffer.held, wanted: wanted)
        if page.items.isEmpty && buffer.count == 0 { return events }
        try buffer.add(page)
      }
    }
    let all = try follow(after: .beginning, wanted: 1_000)
    #expect(all.count == 300)
    var position = FeedPosition.beginning
    for (index, event) in all.enumerated() {
      #expect(try follow(after: position, wanted: 20) == Array(all[index...]))
      position.advance(past: event)
    }
  }

  @Test("A journal that lacks an event is not followed past it")
  func gap() throws {
    var buffer = FeedBuffer(after: .beginning)
    let events = [1, 2, 4].map { RecordedEvent.made(office: "O", sequence: $0, at: Int($0)) }
    let page = FeedPage(items: events.map { FeedPage.Item(event: $0, isLast: false) })
    let error = #expect(throws: LedgerError.self) { try buffer.add(page) }
    #expect(error?.code == .database)
    #expect(error?.message == "The journal of office O goes on with number 4 after 2: events are missing.")
  }
}
