import GuaranteeLedger

// What FollowingTheJournal.md and the comments on the feed show.
enum FeedSamples {
  /// Where a follower keeps what it has seen.
  actor Store {
    private(set) var position: String?
    private(set) var lines: [String] = []

    func keep(_ lines: [String], upTo position: FeedPosition) {
      self.lines += lines
      self.position = position.description
    }
  }

  static func follow(_ ledger: Ledger, _ store: Store) async throws {
    // begin sample
    var position = await store.position.flatMap { FeedPosition($0) } ?? .beginning
    for try await event in ledger.events(after: position) {
      position.advance(past: event)
      let lines = event.entries.map { "\($0.account) \($0.side) \($0.amount)" }
      await store.keep(lines, upTo: position)
    }
    // end sample
  }

  static func catchUp(_ ledger: Ledger, after position: FeedPosition) async throws -> Int {
    var count = 0
    // begin sample
    for try await event in ledger.events(after: position, offices: ["HARBIN"], untilEnd: true) {
      count += event.entries.count
    }
    // end sample
    return count
  }
}
