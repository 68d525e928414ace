import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite("Following the journal", .endsInTime)
struct FollowingTests {
  @Test("From every position of a ledger all that comes after it is handed out, and nothing else")
  func everyPosition() async throws {
    try await withLedger { ledger in
      #expect(Set(try await ledger.record(Scene.everything)) == ["recorded"])
      let table = try await JournalLine.table(of: ledger.connection)
      try #require(table.count == Scene.everything.count)
      var position = FeedPosition.beginning
      for index in table.indices {
        var received: [JournalLine] = []
        for try await event in ledger.ledger.events(after: position, untilEnd: true) {
          received.append(JournalLine(event))
        }
        #expect(received == Array(table[index...]))
        position.advance(past: table[index].position)
      }
      for try await event in ledger.ledger.events(after: position, untilEnd: true) {
        Issue.record("\(event.event.key) comes after the end")
      }
    }
  }

  @Test("Only the offices asked for are followed")
  func offices() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.everything)
      let table = try await JournalLine.table(of: ledger.connection)
      for offices in [["HARBIN"], ["", "QINGDAO"], ["NOWHERE"], []] {
        var received: [JournalLine] = []
        for try await event in ledger.ledger.events(offices: offices, untilEnd: true) {
          received.append(JournalLine(event))
        }
        #expect(received == table.filter { offices.contains($0.position.office) })
      }
    }
  }

  @Test("More than fits into memory at once comes in pieces, in the same order")
  func pieces() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(StoryLedger(disputeCount: 40, seed: 11).all)
      let table = try await JournalLine.table(of: ledger.connection)
      try #require(table.count > 500)
      var options = FeedOptions()
      options.pageSize = 20
      options.untilEnd = true
      var received: [JournalLine] = []
      for try await event in ledger.ledger.events(after: .beginning, options) {
        received.append(JournalLine(event))
      }
      #expect(received == table)
    }
  }

  /// Office D has more than is read at once, and what the others have last was read before the last of D.
  @Test(
    "Offices that come to their end one after the other keep nothing of the others back",
    arguments: [true, false])
  func ends(untilEnd: Bool) async throws {
    try await withLedger { ledger in
      let offices = ["A", "B", "C", "D"]
      _ = try await ledger.record(
        offices.map { Scene.event("register_office", key: $0, ["office": $0, "zone": "Z"]) })
      // One by one, so that each has a time of its own.
      for (number, office) in (Array(repeating: "D", count: 20) + offices + ["D"]).enumerated() {
        let money = ["office": office, "amount": "1.00", "currency": "CNY", "reference": "\(number)"]
        _ = try await ledger.record([Scene.event("receive_unidentified", key: "money \(number)", money)])
      }
      let table = try await JournalLine.table(of: ledger.connection)
      var options = FeedOptions.onlyWhenCalled
      options.pageSize = 1
      options.untilEnd = untilEnd
      let follower = FollowingTask(ledger.ledger.events(after: .beginning, options))
      try await follower.waitUntil(count: table.count)
      try await follower.stop()
      #expect(follower.received == table)
    }
  }

  @Test("What is recorded later comes as it is recorded, also of offices that were not there before")
  func live() async throws {
    try await withLedger { ledger in
      let follower = FollowingTask(ledger.ledger.events(after: .beginning, .onlyWhenCalled))
      var count = 0
      for event in Scene.everything {
        #expect(try await ledger.record([event]) == ["recorded"])
        count += 1
        try await follower.waitUntil(count: count)
      }
      #expect(follower.received == (try await JournalLine.table(of: ledger.connection)))
      try await follower.stop()
    }
  }

  @Test(
    "What was being recorded when a follower began to wait comes too, though nobody was there to be called",
    .heavy)
  func recordedMeanwhile() async throws {
    // Nobody else is to begin a transaction there, whose number would come after the writer's.
    try await withLedger(on: TemporaryServer()) { ledger in
      let writer = try await PostgresConnection.connect(to: ledger.connectionString)
      try await writer.execute("begin")
      #expect(try await ledger.record(Scene.opening, over: writer).first == "recorded")
      let follower = FollowingTask(ledger.ledger.events(after: .beginning, .onlyWhenCalled))
      try await ledger.waitUntilFollowed()
      try await writer.execute("commit")
      await writer.close()
      try await follower.waitUntil(count: Scene.opening.count)
      try await follower.stop()
    }
  }

  @Test("What is taken back is never handed out")
  func takenBack() async throws {
    try await withLedger { ledger in
      let follower = FollowingTask(ledger.ledger.events(after: .beginning, .onlyWhenCalled))
      try await ledger.waitUntilFollowed()
      try await ledger.connection.execute("begin")
      #expect(try await ledger.record(Scene.opening, over: ledger.connection).first == "recorded")
      try await ledger.connection.execute("rollback")
      _ = try await ledger.record(Array(Scene.opening.prefix(2)))
      try await follower.waitUntil(count: 2)
      #expect(follower.received == (try await JournalLine.table(of: ledger.connection)))
      try await follower.stop()
    }
  }

  @Test("Those who record call only while a follower waits")
  func calls() async throws {
    try await withLedger { ledger in
      let listener = try await PostgresConnection.connect(to: ledger.connectionString)
      try await listener.execute("listen guarantee_events; listen other")
      func channels() async throws -> [String] {
        try await ledger.connection.execute("notify other")
        var heard: [String] = []
        while heard.last != "other" { heard += try await listener.notifications(waiting: nil).map(\.channel) }
        return heard
      }
      _ = try await ledger.record([Scene.opening[0]])
      #expect(try await channels() == ["other"])
      let follower = FollowingTask(ledger.ledger.events(after: .beginning, .onlyWhenCalled))
      try await follower.waitUntil(count: 1)
      try await ledger.waitUntilFollowed()
      _ = try await ledger.record([Scene.opening[1]])
      try await follower.waitUntil(count: 2)
      #expect(try await channels() == ["guarantee_events", "other"])
      // A refused event is nothing to look for.
      try await ledger.waitUntilFollowed()
      #expect(try await ledger.record([Scene.funds(key: "none", office: "NOWHERE", "1.00")]) != ["recorded"])
      #expect(try await channels() == ["other"])
      try await follower.stop()
      await listener.close()
    }
  }
}

extension TestLedger {
  /// Returns once a follower wants to be called.
  func waitUntilFollowed() async throws {
    let sql = "select exists (select \(Self.followers) and l.mode = 'ShareLock')"
    try await until { try await value(sql) == "t" }
  }

  /// Locks that followers of this ledger hold.
  private static let followers = """
    from pg_locks l join pg_database d on d.oid = l.database
     where d.datname = current_database() and l.locktype = 'advisory' and l.granted
    """

  /// Returns once the server has no session left with the name.
  func waitUntilGone(_ applicationName: String) async throws {
    let sql =
      "select count(*) from pg_stat_activity where application_name = $1 and datname = current_database()"
    try await until { try await value(sql, [applicationName]) == "0" }
  }
}
