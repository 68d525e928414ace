import PostgresClient
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("A batch that is sent again", .endsInTime)
struct RepeatedAttemptTests {
  /// A batch with one event, as if an attempt had been lost.
  private func sending(
    _ event: Event, since start: ContinuousClock.Instant?, lost sessions: [LostSession] = []
  ) -> Sending {
    Sending(
      parts: [([event], 0..<1)], count: 1, attempts: 1, retryReason: nil, timeout: .seconds(120),
      bookPatience: .seconds(60),
      arrivals: [],
      lostSessions: sessions, maybeRecordedSince: start)
  }

  private func withBook(_ body: (PostgresConnection, String) async throws -> Void) async throws {
    try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
      let connection = try await PostgresConnection.connect(to: connectionString)
      _ = try await RecordingAttempt(sending(office("O"), since: nil), over: connection).results()
      try await body(connection, connectionString)
      await connection.close()
    }
  }

  @Test("What an earlier attempt recorded is recorded by the call; what was there before it is replayed")
  func attribution() async throws {
    try await withBook { connection, _ in
      let event = receipt("K", amount: "1.00")
      let begin = ContinuousClock.now
      let first = try await RecordingAttempt(sending(event, since: nil), over: connection).results()
      #expect(first.map(\.code) == ["recorded"])
      let own = try await RecordingAttempt(sending(event, since: begin), over: connection).results()
      #expect(own == first)
      // So much later that no delay of a busy machine makes up for it.
      let hour = ContinuousClock.now + .seconds(3600)
      let later = try await RecordingAttempt(sending(event, since: hour), over: connection).results()
      #expect(later.map(\.code) == ["replayed"])
      #expect(later.map(\.position) == first.map(\.position))
    }
  }

  @Test("A refusal is the last word: an earlier attempt that still waits is ended first")
  func lastWord() async throws {
    try await withBook { connection, connectionString in
      let orphan = try await PostgresConnection.connect(to: connectionString)
      let holder = try await PostgresConnection.connect(to: connectionString)
      let lock = "select pg_advisory_xact_lock('guarantee.book'::regclass::oid::integer, hashtext('O'))"
      try await holder.execute("begin; \(lock)")
      // It would be accepted once the book is free: there is money by then.
      let event = Event(
        key: "K", on: "2026-01-05", name: "return_unidentified",
        fields: ["office": "O", "amount": "5.00", "currency": "CNY"])
      let sent = ContinuousClock.now
      async let lost: [RecordResult] = orphan.record(sending(event, since: nil).batch)
      let waits = "select wait_event_type = 'Lock' from pg_stat_activity where pid = $1"
      let pid = String(orphan.server.backendPID)
      try await until { try await connection.query(waits, [pid]).value == "t" }
      try await holder.execute("commit; begin; \(lock); commit")
      let session = LostSession(processID: orphan.server.backendPID, sentAt: sent)
      let attempt = RecordingAttempt(sending(event, since: sent, lost: [session]), over: connection)
      #expect(try await attempt.results().map(\.code) == ["insufficient_funds"])
      _ = try? await lost
      #expect(
        try await connection.query("select count(*) from pg_stat_activity where pid = $1", [pid]).value == "0"
      )
      await holder.close()
      await orphan.close()
    }
  }

  @Test("An attempt that was accepted after the batch was refused again is told as recorded")
  func acceptedAfterAll() async throws {
    try await withBook { connection, connectionString in
      let other = try await PostgresConnection.connect(to: connectionString)
      let event = Event(
        key: "K", on: "2026-01-05", name: "return_unidentified",
        fields: ["office": "O", "amount": "5.00", "currency": "CNY"])
      let begin = ContinuousClock.now
      let batch = sending(event, since: nil).batch
      #expect(try await connection.record(batch).map(\.code) == ["insufficient_funds"])
      _ = try await other.record(sending(receipt("money", amount: "5.00"), since: nil).batch)
      #expect(try await other.record(batch).map(\.code) == ["recorded"])
      let attempt = RecordingAttempt(sending(event, since: begin), over: connection)
      #expect(try await attempt.results().map(\.code) == ["recorded"])
      await other.close()
    }
  }

  @Test("Only the session that was lost is ended, not one that has its number by now")
  func numbers() async throws {
    try await withBook { connection, connectionString in
      let bystander = try await PostgresConnection.connect(to: connectionString)
      let number = bystander.server.backendPID
      // The batch was sent long before it began, so it is another one.
      let old = LostSession(processID: number, sentAt: .now - .seconds(3_600))
      #expect(try await connection.end([old], within: .seconds(120)))
      #expect(try await bystander.query("select 1").value == "1")
      let own = LostSession(processID: number, sentAt: .now)
      #expect(try await connection.end([own], within: .seconds(120)))
      await #expect(throws: PostgresError.self) { try await bystander.query("select 1") }
      await bystander.close()
    }
  }
}
