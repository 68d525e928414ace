import LedgerTestSupport
import PostgresClient
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("Followers of servers of all kinds", .heavy, .endsInTime)
struct FeedPlacesTests {
  /// Records everything of the scene one by one and compares what the follower gets.
  private func expectAll(_ follower: FollowingTask, recordingTo connectionString: String) async throws {
    let ledger = try await Ledger.open(.patient(connectionString))
    for (index, event) in Scene.everything.enumerated() {
      #expect(try await ledger.record([Event(fields: event)]).map(\.code) == ["recorded"])
      if index % 10 == 0 { try await follower.waitUntil(count: index + 1) }
    }
    await ledger.close()
    try await follower.waitUntil(count: Scene.everything.count)
    try await follower.stop()
    let observer = try await PostgresConnection.connect(to: connectionString)
    #expect(follower.received == (try await JournalLine.table(of: observer)))
    await observer.close()
  }

  private func feed(of connectionString: String) async throws -> EventFeed {
    let ledger = try await Ledger.open(.patient(connectionString))
    await ledger.close()
    var options = FeedOptions()
    options.pauses.polling.longest = .milliseconds(100)
    return ledger.events(after: .beginning, options)
  }

  @Test("Behind PgBouncer, where nobody can be called, a follower looks by itself")
  func pooled() async throws {
    let server = try await TemporaryServer.shared
    try await server.withDatabase(template: emptyLedger) { direct in
      let pooler = try await PgBouncer(before: server)
      let pooled = pooler.connectionString(instead: direct)
      let observer = try await PostgresConnection.connect(to: direct)
      try await expectAll(FollowingTask(feed(of: pooled)), recordingTo: pooled)
      // What a session of the pooler were to listen to, or to lock, would stay with whoever gets it next.
      let locks = try await observer.query(
        "select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"
      )
      #expect(locks.value == "0")
      await observer.close()
    }
  }

  @Test("A standby that becomes the primary without what its follower has seen elsewhere ends the feed")
  func lateStandby() async throws {
    let pair = try await StandbyPair { server in
      try await server.run("create database ledger")
      _ = try await Ledger.migrate(server.connectionString(database: "ledger"))
    }
    let (old, new) = (
      pair.primary.connectionString(database: "ledger"), pair.standby.connectionString(database: "ledger")
    )
    try await record(["both 1", "both 2"], to: old)
    let late = try await feed(of: new + " target_session_attrs=any application_name=late")
    try await pair.primary.run("alter system set synchronous_standby_names = ''")
    try await pair.primary.run("select pg_reload_conf()")
    try await pair.standby.run("alter system set primary_conninfo = ''")
    try await pair.standby.run("select pg_reload_conf()")
    try await PostgresConnection.withConnection(to: old) { observer in
      try await until { try await observer.query("select count(*) from pg_stat_replication").value == "0" }
    }
    try await record(["old 1", "old 2"], to: old)
    var seen = FeedPosition()
    let ledger = try await Ledger.open(.patient(old))
    for try await event in ledger.events(untilEnd: true) { seen.advance(past: event) }
    await ledger.close()
    let follower = FollowingTask(
      EventFeed(connectionString: late.connectionString, position: seen, options: late.options))
    try await PostgresConnection.withConnection(to: new) { observer in
      let looks =
        "select count(*) from pg_stat_activity where application_name = 'late' and query like '%events_lost%'"
      try await until { try await observer.query(looks).value == "1" }
    }
    pair.primary.kill()
    try await pair.promote()
    try await record(["new 1", "new 2", "new 3"], to: new)
    let error = await #expect(throws: LedgerError.self) { try await follower.waitUntilEnded() }
    #expect(error?.code == .eventsLost)
    #expect(follower.received.isEmpty)
  }

  private func record(_ keys: [String], to connectionString: String) async throws {
    let ledger = try await Ledger.open(.patient(connectionString))
    let events = keys.map { Scene.event("register_party", key: $0, ["party": $0, "kind": "guarantor"]) }
    #expect(Set(try await ledger.record(events.map(Event.init(fields:))).map(\.code)) == ["recorded"])
    await ledger.close()
  }

  @Test("A standby is followed as it receives what is recorded, and a takeover is survived")
  func standby() async throws {
    let pair = try await StandbyPair { server in
      try await server.run("create database ledger")
      _ = try await Ledger.migrate(server.connectionString(database: "ledger"))
    }
    let both = "host=\(pair.primary.folder),\(pair.standby.folder) dbname=ledger user=postgres"
    let ofStandby = FollowingTask(try await feed(of: both + " target_session_attrs=prefer-standby"))
    let ofPrimary = FollowingTask(try await feed(of: both))
    try await expectAll(ofStandby, recordingTo: both)
    pair.primary.kill()
    try await pair.promote()
    let ledger = try await Ledger.open(.patient(pair.connectionString(database: "ledger")))
    let late = Scene.event("register_party", key: "late", ["party": "LATE", "kind": "guarantor"])
    #expect(try await ledger.record([Event(fields: late)]).map(\.code) == ["recorded"])
    await ledger.close()
    try await ofPrimary.waitUntil(count: Scene.everything.count + 1)
    try await ofPrimary.stop()
    let observer = try await PostgresConnection.connect(to: pair.standby.connectionString(database: "ledger"))
    #expect(ofPrimary.received == (try await JournalLine.table(of: observer)))
    await observer.close()
  }
}
