import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import TestSupport
import Testing

@Suite("The end of a feed", .endsInTime)
struct FeedEndTests {
  /// The name that a follower of this ledger has at the server.
  private static let name = "follower_under_test"

  private func withFollowedLedger(
    _ body: @Sendable (TestLedger, Ledger) async throws -> Void
  ) async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening)
      let followed = try await Ledger.open(
        .patient(ledger.connectionString + " application_name=\(Self.name)"))
      await followed.close()
      try await ledger.waitUntilGone(Self.name)
      try await body(ledger, followed)
      try await ledger.waitUntilGone(Self.name)
    }
  }

  @Test("A follower that waits ends when its task is cancelled, and leaves no connection")
  func cancelled() async throws {
    try await withFollowedLedger { ledger, followed in
      let following = Task {
        var count = 0
        for try await _ in followed.events() { count += 1 }
        return count
      }
      try await ledger.waitUntilFollowed()
      following.cancel()
      let count = try await following.value
      #expect(count == Scene.opening.count)
    }
  }

  @Test("A loop that is left frees the connection")
  func left() async throws {
    try await withFollowedLedger { ledger, followed in
      for try await event in followed.events() where event.position.sequence == 2 { break }
      try await ledger.waitUntilGone(Self.name)
    }
  }

  @Test("A follower that is cancelled before it begins connects to nothing and hands out nothing")
  func neverBegun() async throws {
    try await withFollowedLedger { _, followed in
      let following = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        var count = 0
        for try await _ in followed.events() { count += 1 }
        return count
      }
      let count = try await following.value
      #expect(count == 0)
    }
  }

  @Test("After its end a feed stays at its end")
  func stays() async throws {
    try await withFollowedLedger { _, followed in
      var iterator = followed.events(untilEnd: true).makeAsyncIterator()
      var count = 0
      while try await iterator.next() != nil { count += 1 }
      #expect(count == Scene.opening.count)
      let next = try await iterator.next()
      #expect(next == nil)
    }
  }

  @Test("A ledger that is no longer there ends the feed with an error, and then it is at its end")
  func noLedger() async throws {
    try await withFollowedLedger { ledger, followed in
      var iterator = followed.events().makeAsyncIterator()
      _ = try await iterator.next()
      try await ledger.connection.execute("drop schema guarantee_api cascade")
      let error = await #expect(throws: LedgerError.self) {
        while try await iterator.next() != nil {}
      }
      #expect(error?.code == .database)
      let next = try await iterator.next()
      #expect(next == nil)
    }
  }

  @Test("A login that is no longer let in is told at once, since no waiting mends it")
  func noLogin() async throws {
    try await withLedger { ledger in
      // The server's, not the database's: no other test may have one of that name.
      try await ledger.connection.execute("create role follower_that_leaves superuser login")
      let followed = try await Ledger.open(.patient(ledger.connectionString + " user=follower_that_leaves"))
      await followed.close()
      try await ledger.connection.execute("drop role follower_that_leaves")
      let error = await #expect(throws: LedgerError.self) {
        for try await _ in followed.events() {}
      }
      #expect(error?.code == .unreachable)
    }
  }
}
