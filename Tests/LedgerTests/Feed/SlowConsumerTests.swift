import PostgresClient
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("A consumer that takes its time", .endsInTime)
struct SlowConsumerTests {
  @Test("holds few events in memory, calls nobody, and gets all that there is in the end")
  func slow() async throws {
    try await withLedger { ledger in
      let events = StoryLedger(disputeCount: 60, seed: 3).all
      _ = try await ledger.record(Array(events.prefix(events.count / 2)))
      var options = FeedOptions.onlyWhenCalled
      options.pageSize = 50
      var iterator = ledger.ledger.events(after: .beginning, options).makeAsyncIterator()
      var received = [JournalLine(try #require(try await iterator.next()))]
      // Three offices and the register.
      let mostHeld = options.pageSize + 4 * 16
      #expect(iterator.follower.heldCount <= mostHeld)

      let listener = try await PostgresConnection.connect(to: ledger.connectionString)
      try await listener.execute("listen guarantee_events; listen other")
      _ = try await ledger.record(Array(events.dropFirst(events.count / 2)))
      try await ledger.connection.execute("notify other")
      // Whoever records while nobody waits calls nobody.
      #expect(try await listener.notifications(waiting: nil).map(\.channel) == ["other"])
      await listener.close()

      let table = try await JournalLine.table(of: ledger.connection)
      try #require(table.count > 4 * mostHeld)
      while received.count < table.count, let event = try await iterator.next() {
        received.append(JournalLine(event))
        #expect(iterator.follower.heldCount <= mostHeld)
      }
      #expect(received == table)
    }
  }
}
