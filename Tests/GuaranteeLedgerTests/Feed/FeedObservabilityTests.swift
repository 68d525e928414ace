import CoreMetrics
import GuaranteeLedger
import InMemoryLogging
import LedgerTestSupport
import Logging
import MetricsTestKit
import PostgresClient
import TestSupport
import Testing

@Suite("What can be seen of a follower from outside")
struct FeedObservabilityTests {
  @Test("Metrics count events and lost connections, and a log line tells of a loss without a secret")
  func seen() async throws {
    let metrics = TestMetrics()
    let handler = InMemoryLogHandler()
    try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
      var configuration = LedgerConfiguration.patient(connectionString)
      configuration.applicationName = "follower"
      configuration.logger = Logger(label: "test") { _ in handler }
      let ledger = try await Ledger.open(configuration)
      try await register(["SECRET-1", "SECRET-2"], in: ledger)
      try await withMetricsFactory(metrics) {
        var iterator = ledger.events().makeAsyncIterator()
        for key in ["SECRET-1", "SECRET-2"] {
          let event = try await iterator.next()
          #expect(event?.event.key == key)
        }
        try await endSessions(of: connectionString)
        try await register(["SECRET-3"], in: ledger)
        let event = try await iterator.next()
        #expect(event?.event.key == "SECRET-3")
      }
      await ledger.close()
    }
    #expect(metrics.counterTotal(label: "guarantee.feed.events") == 3)
    let losses = metrics.counters.filter { $0.label == "guarantee.feed.losses" }
    #expect(losses.map(\.dimensions.first?.0) == ["reason"])
    #expect(losses.map(\.totalValue) == [1])
    let told = handler.entries.filter { "\($0.message)".hasPrefix("A follower") }
    #expect(told.map(\.level) == [.warning])
    #expect(told.map { Array($0.metadata.keys) } == [["reason"]])
    let text = told.map { "\($0.message) \($0.metadata)" }.joined()
    for secret in ["SECRET", "host=", "test_", "postgres"] { #expect(!text.contains(secret)) }
  }

  private func register(_ keys: [String], in ledger: Ledger) async throws {
    let events = keys.map {
      Event(
        key: $0, on: "2026-01-05", name: "register_party", fields: ["party": "OF-\($0)", "kind": "guarantor"])
    }
    let results = try await ledger.record(events)
    #expect(results.map(\.code) == keys.map { _ in "recorded" })
  }

  private func endSessions(of connectionString: String) async throws {
    let killer = try await PostgresConnection.connect(to: connectionString)
    _ = try await killer.query(
      """
      select pg_terminate_backend(pid, 5000) from pg_stat_activity
       where datname = current_database() and application_name = 'follower'
      """)
    await killer.close()
  }
}
