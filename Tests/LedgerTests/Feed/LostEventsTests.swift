import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import TestSupport
import Testing

@Suite("A database that is replaced by an older copy of itself", .endsInTime)
struct LostEventsTests {
  @Test("A follower that has seen more than the copy has is told so", .heavy, arguments: [false, true])
  func replaced(_ copyGoesOn: Bool) async throws {
    let server = try await TemporaryServer()
    let name = try await server.makeDatabase(template: emptyLedger)
    try await record(Scene.opening, in: server.connectionString(database: name))
    try await server.run("create database older template \(name)")
    let seen = [Scene.grant(key: "1", amount: "1.00"), Scene.grant(key: "2", amount: "2.00")]
    try await record(seen, in: server.connectionString(database: name))
    let ledger = try await Ledger.open(.patient(server.connectionString(database: name)))
    await ledger.close()
    let follower = FollowingTask(ledger.events())
    try await follower.waitUntil(count: Scene.opening.count + seen.count)
    if copyGoesOn {
      // The same numbers, but other events, and one more.
      let others = [3, 4, 5].map { Scene.grant(key: "\($0)", amount: "\($0).00") }
      try await record(others, in: server.connectionString(database: "older"))
    }
    try await replace(name, by: "older", of: server)
    let error = await #expect(throws: LedgerError.self) { try await follower.waitUntilEnded() }
    #expect(error?.code == .eventsLost)
    #expect(follower.received.count == Scene.opening.count + seen.count)
  }

  @Test("A kept position is told from one in a copy that has gone on past it otherwise")
  func keptPosition() async throws {
    let kept = try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening + [Scene.grant(key: "old", amount: "1.00")])
      var position = FeedPosition()
      for try await event in ledger.ledger.events(untilEnd: true) { position.advance(past: event) }
      for try await _ in ledger.ledger.events(after: position, untilEnd: true) {
        Issue.record("there is nothing after the end")
      }
      return try #require(FeedPosition(position.description))
    }
    try await withLedger { ledger in
      let others = ["new", "newer"].map { Scene.grant(key: $0, amount: "1.00") }
      _ = try await ledger.record(Scene.opening + others)
      let error = await #expect(throws: LedgerError.self) {
        for try await _ in ledger.ledger.events(after: kept, untilEnd: true) {
          Issue.record("handed out behind what is not there")
        }
      }
      #expect(error?.code == .eventsLost)
    }
  }

  @Test("A position that is ahead of the journal is told from one at its end")
  func ahead() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening)
      var position = FeedPosition()
      for try await event in ledger.ledger.events(untilEnd: true) { position.advance(past: event) }
      for try await _ in ledger.ledger.events(after: position, untilEnd: true) {
        Issue.record("there is nothing after the end")
      }
      for office in ["HARBIN", "NOWHERE"] {
        var ahead = position
        ahead[office] += 1
        let error = await #expect(throws: LedgerError.self) {
          for try await _ in ledger.ledger.events(after: ahead, untilEnd: true) {}
        }
        #expect(error?.code == .eventsLost)
      }
    }
  }

  private func record(_ events: [Fields], in connectionString: String) async throws {
    let ledger = try await Ledger.open(.patient(connectionString))
    #expect(Set(try await ledger.record(events.map(Event.init(fields:))).map(\.code)) == ["recorded"])
    await ledger.close()
  }

  /// Gives another database the name of one that somebody is connected to.
  private func replace(_ name: String, by other: String, of server: TemporaryServer) async throws {
    try await server.run("alter database \(name) with allow_connections false")
    try await server.run(
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '\(name)'")
    // At once, so that there is a database of the name at any time.
    try await server.run(
      "alter database \(name) rename to replaced; alter database \(other) rename to \(name)")
  }
}
