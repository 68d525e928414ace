import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import Synchronization
import TestSupport
import Testing

@Suite("Followers through trouble", .serialized, .endsInTime)
struct FeedSurvivalTests {
  static let writerCount = 3
  static let eventCount = 900

  @Test(
    "Two followers through restarts and crashes of the server see what the table holds, in its order", .heavy)
  func restarts() async throws {
    let server = try await TemporaryServer()
    let name = try await server.makeDatabase(template: emptyLedger)
    let connectionString = server.connectionString(database: name)
    try await expectExactFeeds(connectionString) { progress in
      for (step, trouble) in Trouble.all.enumerated() {
        try await progress.waitUntil(count: Self.eventCount * (step + 1) / (Trouble.all.count + 1))
        try await trouble.befall(server)
      }
    }
  }

  @Test("Two followers whose sessions are ended again and again see what the table holds, in its order")
  func terminated() async throws {
    try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
      try await expectExactFeeds(connectionString) { progress in
        let killer = try await PostgresConnection.connect(to: connectionString)
        try await until {
          _ = try await killer.query(
            """
            select pg_terminate_backend(pid, 5000) from pg_stat_activity
             where datname = current_database() and application_name like 'follower%'
            """)
          return progress.isDone
        }
        await killer.close()
      }
    }
  }

  @Test(
    "What followers share is kept from them by another program: they look by themselves, and are called afterwards"
  )
  func keptLock() async throws {
    try await withLedger { ledger in
      let holder = try await PostgresConnection.connect(to: ledger.connectionString)
      try await holder.execute("select pg_advisory_lock(guarantee_api.follower_lock())")
      _ = try await ledger.record(Scene.opening)
      let follower = FollowingTask(ledger.ledger.events(after: .beginning, .onlyWhenCalled))
      try await follower.waitUntil(count: Scene.opening.count)
      for (count, key) in ["1", "2", "3"].enumerated() {
        if key == "3" { try await holder.execute("select pg_advisory_unlock(guarantee_api.follower_lock())") }
        _ = try await ledger.record([Scene.grant(key: key, amount: "1.00")])
        try await follower.waitUntil(count: Scene.opening.count + count + 1)
      }
      try await follower.stop()
      await holder.close()
    }
  }

  @Test("A table that is being changed is waited for, whatever the login's patience with locks")
  func lockTimeout() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening)
      let holder = try await PostgresConnection.connect(to: ledger.connectionString)
      let impatient = try await Ledger.open(
        .patient(ledger.connectionString + " options='-c lock_timeout=20ms'"))
      await impatient.close()
      try await holder.execute("begin; lock table guarantee.book in access exclusive mode")
      let troubles = Mutex<[LedgerError]>([])
      var options = FeedOptions()
      options.onTrouble = { error in troubles.withLock { $0.append(error) } }
      let follower = FollowingTask(impatient.events(after: .beginning, options))
      try await until { troubles.withLock { !$0.isEmpty } || follower.isOver }
      try await holder.execute("commit")
      try await follower.waitUntil(count: Scene.opening.count)
      try await follower.stop()
      await holder.close()
    }
  }

  enum Trouble: CaseIterable {
    case restart, immediateRestart, crash

    static let all: [Trouble] = [.restart, .crash, .immediateRestart, .crash]

    func befall(_ server: TemporaryServer) async throws {
      switch self {
      case .restart: try await server.control("restart -m fast")
      case .immediateRestart: try await server.control("restart -m immediate")
      case .crash:
        server.kill()
        try await server.startAgain()
      }
    }
  }

  /// Has several writers record while two followers follow from different positions and trouble befalls them
  /// all; then compares.
  private func expectExactFeeds(
    _ connectionString: String, amid trouble: @Sendable (Progress) async throws -> Void
  ) async throws {
    let story = StoryLedger(disputeCount: 0, seed: 1)
    let opening = Ledgerlike(connectionString)
    try await opening.record(story.register)
    let ledger = try await Ledger.open(.patient(connectionString + " application_name=follower"))
    await ledger.close()
    var middle = FeedPosition.beginning
    middle[""] = 3
    middle["QINGDAO"] = 2
    let followers = [FeedPosition.beginning, middle].map {
      (position: $0, task: FollowingTask(ledger.events(after: $0)))
    }
    let progress = Progress()
    try await withThrowingTaskGroup { group in
      for writer in 0..<Self.writerCount {
        group.addTask { try await Self.record(as: writer, in: connectionString, progress) }
      }
      try await trouble(progress)
      try await group.waitForAll()
    }
    let observer = try await PostgresConnection.connect(to: connectionString)
    for (position, task) in followers {
      let table = try await JournalLine.table(of: observer, after: position)
      try await task.waitUntil(count: table.count)
      try await task.stop()
      #expect(task.received.byOffice == table.byOffice)
    }
    await observer.close()
  }

  private static func record(
    as writer: Int, in connectionString: String, _ progress: Progress
  ) async throws {
    defer { progress.finish(one: writerCount) }
    var crowd = Crowd(writer: writer, of: writerCount)
    let ledger = Ledgerlike(connectionString)
    var sent = 0
    while sent < eventCount / writerCount {
      let batch = crowd.batch(atMost: min(12, eventCount / writerCount - sent))
      try await ledger.record(batch)
      sent += batch.count
      progress.add(batch.count)
    }
  }
}

/// How far the writers of a test are.
final class Progress: Sendable {
  private let state = Mutex((count: 0, finished: 0, isDone: false))

  var isDone: Bool { state.withLock { $0.isDone } }

  func add(_ count: Int) { state.withLock { $0.count += count } }

  /// Takes note that one of so many writers sends no more.
  func finish(one writerCount: Int) {
    state.withLock {
      $0.finished += 1
      $0.isDone = $0.finished == writerCount
    }
  }

  func waitUntil(count: Int) async throws {
    try await until { state.withLock { $0.count >= count || $0.isDone } }
  }
}

/// A way to record that goes on through trouble: the same keys are sent until they are answered.
private struct Ledgerlike: Sendable {
  let connectionString: String

  init(_ connectionString: String) { self.connectionString = connectionString }

  func record(_ events: [Fields]) async throws {
    try await until {
      do {
        try await recordOnce(events)
        return true
      } catch let error as LedgerError {
        guard [.unreachable, .connectionLost, .outcomeUnknown, .database].contains(error.code) else {
          throw error
        }
        return false
      }
    }
  }

  private func recordOnce(_ events: [Fields]) async throws {
    let ledger = try await Ledger.open(.patient(connectionString))
    do {
      _ = try await ledger.record(events.map(Event.init(fields:)))
      await ledger.close()
    } catch {
      await ledger.close()
      throw error
    }
  }
}
