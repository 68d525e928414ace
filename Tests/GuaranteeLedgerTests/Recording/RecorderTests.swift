import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import Synchronization
import TestSupport
import Testing

@Suite("Many tasks that record at once", .endsInTime)
struct RecorderTests {
  @Test("Each of hundreds of tasks gets the result of its own event, and they share commits")
  func ownResults() async throws {
    let taskCount = 400
    try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
      let ledger = try await Ledger.open(.patient(connectionString))
      _ = try await ledger.record([office("O")])
      let results = try await withThrowingTaskGroup(of: (Int, RecordResult).self) { group in
        for number in 0..<taskCount {
          group.addTask {
            // Every fourth names an office that isn't there.
            let event = receipt("K-\(number)", office: number % 4 == 3 ? "NOWHERE" : "O", amount: "1.00")
            return (number, try await ledger.record([event])[0])
          }
        }
        var results: [Int: RecordResult] = [:]
        for try await (number, result) in group { results[number] = result }
        return results
      }
      for number in 0..<taskCount {
        #expect(results[number]?.key == "K-\(number)")
        #expect(results[number]?.code == (number % 4 == 3 ? "unknown_office" : "recorded"))
      }
      let sequences = results.values.compactMap { $0.position?.sequence }
      #expect(sequences.sorted() == Array(2...301))
      let commits = try await PostgresConnection.connect(to: connectionString)
      let count = try await commits.query("select count(distinct xmin::text) from guarantee.event").value
      #expect(try #require(count.flatMap { Int($0) }) < taskCount / 4)
      await commits.close()
      await ledger.shutDown()
    }
  }

  @Test("Whoever comes with one event has its answer long before one who came with thousands")
  func fairness() async throws {
    try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
      var configuration = LedgerConfiguration.patient(connectionString)
      configuration.batchLimit = 50
      configuration.queueLimit = 200
      let ledger = try await Ledger.open(configuration)
      _ = try await ledger.record([office("O")])
      let many = (0..<3_000).map { receipt("many \($0)", amount: "1.00") }
      let isDone = Flag()
      let call = Task {
        defer { isDone.raise() }
        return try await ledger.record(many)
      }
      for number in 0..<10 {
        let result = try await ledger.record([receipt("one \(number)", amount: "1.00")])
        #expect(result.map(\.code) == ["recorded"])
      }
      #expect(!isDone.isRaised)
      let results = try await call.value
      #expect(results.map(\.key) == many.map(\.key))
      #expect(results.allSatisfy { $0.code == "recorded" })
      let sequences = results.compactMap { $0.position?.sequence }
      #expect(sequences.count == many.count && sequences == sequences.sorted())
      await ledger.shutDown()
    }
  }

  @Test("An event that the database cannot take gets the error alone; its neighbours are recorded")
  func culprit() async throws {
    try await BlockedBook.with { book in
      let trap = try await PostgresConnection.connect(to: book.connectionString)
      try await trap.execute(
        """
        create function trap() returns trigger language plpgsql as
          $$ begin if new.key = 'K-5' then raise exception 'trapped'; end if; return new; end $$;
        create trigger trap before insert on guarantee.event for each row execute function trap()
        """)
      await trap.close()
      let first = book.start("first")
      try await book.waitForBatch()
      let calls = (0..<12).map { book.start("K-\($0)") }
      try await book.free()
      #expect(await first.value.codes == ["recorded"])
      for (number, call) in calls.enumerated() where number != 5 {
        #expect(await call.value.codes == ["recorded"])
      }
      let error = await calls[5].value.error
      #expect(error?.code == .database)
      #expect(error?.unrecordedKeys == ["K-5"])
      #expect(try await book.journal().contains("K-5") == false)
    }
  }

  // MARK: Leaving

  @Test("A call that is cancelled before its event is sent has recorded nothing; the others go on")
  func cancelledBefore() async throws {
    try await BlockedBook.with { book in
      let first = book.start("first")
      try await book.waitForBatch()
      let (cancelled, other) = (book.start("cancelled"), book.start("other"))
      cancelled.cancel()
      let error = await cancelled.value.error
      #expect(error?.code == .cancelled)
      #expect(error?.unrecordedKeys == ["cancelled"])
      try await book.free()
      #expect(await first.value.codes == ["recorded"])
      #expect(await other.value.codes == ["recorded"])
      #expect(Set(try await book.journal()) == ["office O", "first", "other"])
    }
  }

  @Test(
    "A call that is cancelled with its event on its way returns at once, and the same key tells the outcome")
  func cancelledDuring() async throws {
    try await BlockedBook.with { book in
      let call = book.start("K")
      try await book.waitForBatch()
      call.cancel()
      let error = await call.value.error
      #expect(error?.isOutcomeUnknown == true)
      #expect(error?.unknownKeys == ["K"])
      try await book.free()
      #expect(try await book.ledger.record([receipt("K", amount: "1.00")]).map(\.code) == ["replayed"])
      #expect(try await book.journal() == ["office O", "K"])
    }
  }

  @Test("A deadline that passes with the event on its way leaves open what became of it")
  func deadline() async throws {
    try await BlockedBook.with { book in
      var deadline = Duration.seconds(1)
      var error: LedgerError?
      // On a busy machine the event may not be on its way by then.
      try await until {
        error = await book.start("sent", deadline: deadline).value.error
        deadline *= 2
        return error?.code != .deadlineExceeded
      }
      #expect(error?.code == .outcomeUnknown)
      #expect(error?.unknownKeys == ["sent"])
      try await book.free()
    }
  }

  @Test("Who finds no room by the deadline has sent nothing")
  func noRoom() async throws {
    let shape: @Sendable (inout LedgerConfiguration) -> Void = { $0.queueLimit = 1 }
    try await BlockedBook.with(shape) { book in
      let sent = book.start("sent")
      try await book.waitForBatch()
      let outside = await book.start("outside", deadline: .zero).value.error
      #expect(outside?.code == .queueFull)
      #expect(outside?.unrecordedKeys == ["outside"])
      let waiting = await book.start("waiting", deadline: .milliseconds(50)).value.error
      #expect(waiting?.code == .queueFull)
      try await book.free()
      #expect(await sent.value.codes == ["recorded"])
    }
  }

  // MARK: The end

  private static let roomForTwo: @Sendable (inout LedgerConfiguration) -> Void = { $0.queueLimit = 2 }

  @Test("Shutting down brings to an end what is under way, takes nothing new, and leaves no connection")
  func shutDown() async throws {
    try await BlockedBook.with(Self.roomForTwo) { book in
      let (first, ledger) = (book.start("first"), book.ledger)
      try await book.waitForBatch()
      let second = book.start("second")
      try await book.waitForFullQueue()
      let end = Task { await ledger.shutDown() }
      // Until the shutting down has begun there is no room instead.
      try await until { await book.start("late", deadline: .zero).value.error?.code == .shuttingDown }
      try await book.free()
      #expect(await first.value.codes == ["recorded"])
      #expect(await second.value.codes == ["recorded"])
      await end.value
      #expect(await book.start("later").value.error?.code == .shuttingDown)
    }
  }

  @Test("Closing answers everybody at once: unknown what is on its way, not recorded what is not")
  func close() async throws {
    try await BlockedBook.with(Self.roomForTwo) { book in
      let first = book.start("first")
      try await book.waitForBatch()
      let second = book.start("second")
      try await book.waitForFullQueue()
      await book.ledger.close()
      #expect(await first.value.error?.unknownKeys == ["first"])
      let error = await second.value.error
      #expect(error?.code == .shuttingDown)
      #expect(error?.unrecordedKeys == ["second"])
      try await book.free()
    }
  }
}

/// Says that something has happened.
private final class Flag: Sendable {
  private let raised = Atomic<Bool>(false)

  var isRaised: Bool { raised.load(ordering: .acquiring) }

  func raise() { raised.store(true, ordering: .releasing) }
}

/// An event that opens an office's book.
func office(_ office: String) -> Event {
  Event(
    key: "office \(office)", on: "2026-01-05", name: "register_office",
    fields: ["office": office, "zone": "Z"])
}

/// An event that moves money.
func receipt(_ key: String, office: String = "O", amount: String) -> Event {
  Event(
    key: key, on: "2026-01-05", name: "receive_unidentified",
    fields: ["office": office, "amount": amount, "currency": "CNY", "reference": "R"])
}
