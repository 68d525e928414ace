import PostgresClient
import TestSupport
import Testing

@Suite("Waiting for notifications", .endsInTime)
struct NotificationTests {
  @Test("A notification ends the wait and says who said what")
  func called() async throws {
    try await withTwoConnections { listener, speaker in
      try await listener.execute("listen news")
      async let notifications = listener.notifications(waiting: nil)
      try await speaker.execute("notify news, 'first'")
      let heard = try await notifications
      #expect(heard.map(\.channel) == ["news"])
      #expect(heard.map(\.payload) == ["first"])
      #expect(heard.map(\.sender) == [speaker.server.backendPID])
    }
  }

  @Test("What came during statements before it is handed over at once, in order")
  func cameBefore() async throws {
    try await withTwoConnections { listener, speaker in
      try await listener.execute("listen news")
      try await speaker.execute("notify news, '1'; notify news, '2'")
      try await speaker.execute("notify news, '3'")
      // The server hands notifications over before it takes the next statement.
      try await listener.execute("select 1")
      try await listener.execute("select 2")
      #expect(try await listener.notifications(waiting: .zero).map(\.payload) == ["1", "2", "3"])
      #expect(try await listener.notifications(waiting: .zero) == [])
    }
  }

  @Test("When the time is over there is nothing, and the connection goes on")
  func timedOut() async throws {
    try await withConnection { connection in
      try await connection.execute("listen news")
      #expect(try await connection.notifications(waiting: .milliseconds(1)) == [])
      #expect(try await connection.query("select 1").value == "1")
    }
  }

  @Test("A cancelled wait ends, and the connection goes on")
  func cancelled() async throws {
    try await withConnection { connection in
      try await connection.execute("listen news")
      let waiting = Task { try await connection.notifications(waiting: nil) }
      waiting.cancel()
      let error = await #expect(throws: PostgresError.self) { try await waiting.value }
      #expect(error?.kind == .cancelled)
      #expect(try await connection.query("select 1").value == "1")
    }
  }

  @Test("Closing the connection ends the wait")
  func closed() async throws {
    try await withTwoConnections { listener, other in
      try await listener.execute("listen news")
      async let outcome = result { try await listener.notifications(waiting: nil) }
      await listener.close()
      let error = try #require(await outcome)
      #expect(error.kind == .closed)
    }
  }

  @Test("A session that the server ends is a lost connection, not a long wait")
  func terminated() async throws {
    try await withTwoConnections { listener, other in
      try await listener.execute("listen news")
      async let outcome = result { try await listener.notifications(waiting: nil) }
      _ = try await other.query("select pg_terminate_backend($1)", [String(listener.server.backendPID)])
      let error = try #require(await outcome)
      #expect(error.kind == .connectionLost)
      #expect(!listener.isOpen)
    }
  }
}
