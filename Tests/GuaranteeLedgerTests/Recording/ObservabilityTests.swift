import CoreMetrics
import GuaranteeLedger
import InMemoryLogging
import InMemoryTracing
import LedgerTestSupport
import Logging
import MetricsTestKit
import PostgresClient
import TestSupport
import Testing
import Tracing

@Suite("What can be seen of recording from outside", .endsInTime)
struct ObservabilityTests {
  @Test("Metrics count batches, results by code and retries, and time calls and batches")
  func metrics() async throws {
    let metrics = TestMetrics()
    try await withMetricsFactory(metrics) {
      try await BlockedBook.with { book in
        let first = book.start("first")
        try await book.waitForBatch()
        try await endOtherSessions(of: book.connectionString, but: "idle in transaction")
        let others = (0..<3).map { book.start("K-\($0)") }
        try await book.free()
        _ = await first.value
        for other in others { _ = await other.value }
        let refused = try await book.ledger.record([receipt("R", office: "NOWHERE", amount: "1.00")])
        #expect(refused.map(\.code) == ["unknown_office"])
      }
    }
    // The office and four receipts.
    #expect(metrics.counterTotal(label: "guarantee.results", dimensions: [("result", "recorded")]) == 5)
    #expect(metrics.counterTotal(label: "guarantee.results", dimensions: [("result", "unknown_office")]) == 1)
    #expect(metrics.counterTotal(label: "guarantee.retries", dimensions: [("reason", "57P01")]) >= 1)
    let batches = try metrics.expectRecorder("guarantee.batch.events").values
    #expect(batches.reduce(0, +) >= 6)
    #expect(try metrics.expectTimer("guarantee.batch.duration").values.count == batches.count)
    #expect(try metrics.expectTimer("guarantee.call.duration").values.count == 6)
    #expect(try metrics.expectTimer("guarantee.call.wait").values.count == 6)
    let queued = try metrics.expectGauge("guarantee.queue.events").values
    #expect(queued.contains { $0 >= 3 } && queued.contains(0))
  }

  @Test("While there is no server, metrics say so and what waits")
  func unreachable() async throws {
    let metrics = TestMetrics()
    try await withMetricsFactory(metrics) {
      try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
        let ledger = try await Ledger.open(LedgerConfiguration.patient(connectionString))
        let name = ledger.location.database
        try await PostgresConnection.withConnection(to: TemporaryServer.shared.connectionString()) {
          try await $0.execute("alter database \(name) allow_connections false")
          try await $0.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '\(name)'")
        }
        let call = Task { try await ledger.record([receipt("waits", amount: "1.00")]) }
        try await until { metrics.counters.contains { $0.label == "guarantee.unreachable" } }
        call.cancel()
        _ = await call.result
        await ledger.close()
      }
    }
    #expect(metrics.counters.filter { $0.label == "guarantee.unreachable" }.allSatisfy { $0.totalValue >= 1 })
    let queued = try metrics.expectGauge("guarantee.queue.events")
    #expect(queued.values.contains(1) && queued.lastValue == 0)
  }

  @Test("Logs tell what went wrong and was tried again, and nothing of what was recorded or of where")
  func logs() async throws {
    let handler = InMemoryLogHandler()
    let shape: @Sendable (inout LedgerConfiguration) -> Void = { configuration in
      configuration.logger = Logger(label: "test") { _ in handler }
    }
    try await BlockedBook.with(shape) { book in
      let call = book.start("SECRET-KEY")
      try await book.waitForBatch()
      try await endOtherSessions(of: book.connectionString, but: "idle in transaction")
      try await book.free()
      #expect(await call.value.codes == ["recorded"])
      let entries = handler.entries
      #expect(entries.contains { $0.metadata["reason"] == "57P01" && $0.metadata["events"] == "1" })
      let text = entries.map { "\($0.message) \($0.metadata)" }.joined()
      for secret in ["SECRET-KEY", "1.00", "receive_unidentified", "host=", "test_", "postgres"] {
        #expect(!text.contains(secret))
      }
    }
  }

  @Test("A call has a span inside its caller's, and a batch's span is linked to those of its calls")
  func spans() async throws {
    let tracer = InMemoryTracer()
    try await withTracer(tracer) {
      try await BlockedBook.with { book in
        let first = book.start("first")
        try await book.waitForBatch()
        let ledger = book.ledger
        async let second = tracer.withSpan("caller") { _ in
          try await ledger.record([receipt("second", amount: "1.00")])
        }
        async let third = ledger.record([receipt("third", office: "NOWHERE", amount: "1.00")])
        // Both are inside before the book is free, so that they share a batch.
        try await until { tracer.activeSpans.count >= 5 }
        try await book.free()
        _ = await first.value
        _ = try await (second, third)
      }
    }
    let spans = tracer.finishedSpans
    let caller = try #require(spans.first { $0.operationName == "caller" })
    let call = try #require(spans.first { $0.parentSpanID == caller.spanID })
    #expect(call.operationName == "guarantee.record")
    let batches = spans.filter { $0.operationName == "guarantee.batch" }
    let linked = batches.filter { batch in
      batch.links.contains { $0.context.inMemorySpanContext?.spanID == call.spanID }
    }
    #expect(linked.count == 1)
    #expect(linked.first?.kind == .client)
    #expect(batches.map(\.links.count).reduce(0, +) == spans.count { $0.operationName == "guarantee.record" })
    #expect(spans.contains { $0.attributes.get("guarantee.refused") == .int64(1) })
  }
}
