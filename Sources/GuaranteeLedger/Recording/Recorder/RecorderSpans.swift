import Tracing

/// The spans of recording, by the means of swift-distributed-tracing: `guarantee.record` for each call, inside
/// its caller's span, and `guarantee.batch` for each attempt to record a batch, linked to the calls whose
/// events it carries.
struct RecorderSpans: Sendable {
  private let tracer: any Tracer

  /// The spans for the tracer in place; `nil` when there is none, so that none are made.
  static func inPlace() -> RecorderSpans? {
    let tracer = InstrumentationSystem.tracer
    return tracer is NoOpTracer ? nil : RecorderSpans(tracer: tracer)
  }

  /// Runs a call in a span of its own.
  func call(
    _ events: any RecordableEvents,
    _ record: (any RecordableEvents) async throws(LedgerError) -> [RecordResult]
  ) async throws(LedgerError) -> [RecordResult] {
    let span = tracer.startSpan("guarantee.record")
    span.attributes["guarantee.events"] = events.count
    defer { span.end() }
    do throws(LedgerError) {
      let results = try await record(TracedEvents(events: events, context: span.context))
      span.attributes["guarantee.refused"] = results.count { $0.refusal != nil }
      return results
    } catch {
      span.setStatus(SpanStatus(code: .error, message: error.code.rawValue))
      throw error
    }
  }

  /// The span of a batch that is sent now; to be ended by who gets it.
  func batch(_ sending: Sending) -> any Span {
    let span = tracer.startSpan("guarantee.batch", context: .topLevel, ofKind: .client)
    span.attributes["db.system"] = "postgresql"
    span.attributes["guarantee.events"] = sending.count
    span.attributes["guarantee.attempt"] = sending.attempts + 1
    for (events, _) in sending.parts {
      guard let traced = events as? TracedEvents else { continue }
      span.addLink(SpanLink(context: traced.context, attributes: [:]))
    }
    return span
  }
}

/// A call's events with the span that they were sent in.
private struct TracedEvents: RecordableEvents {
  let events: any RecordableEvents
  let context: InstrumentationContext

  var count: Int { events.count }

  func key(at position: Int) -> String { events.key(at: position) }

  func home(at position: Int) -> EventHome { events.home(at: position) }

  func append(_ positions: Range<Int>, to batch: inout EventBatch) { events.append(positions, to: &batch) }
}
