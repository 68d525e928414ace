import CoreMetrics
import Synchronization

/// What the recorder measures, by the means of swift-metrics. Made once for a ledger, when it is opened.
///
/// | name | kind | measures |
/// |---|---|---|
/// | `guarantee.batch.events` | recorder | events in each batch that is sent |
/// | `guarantee.batch.duration` | timer | from sending a batch to its end, also of one that fails |
/// | `guarantee.queue.events` | gauge | events inside: waiting, on their way, or to be sent again |
/// | `guarantee.call.wait` | timer | from a call's arrival until its first event is sent |
/// | `guarantee.call.duration` | timer | from a call's arrival to its answer |
/// | `guarantee.call.errors` | counter by `code` | calls that ended with an error |
/// | `guarantee.results` | counter by `result` | events recorded, replayed, pending, refused by code |
/// | `guarantee.retries` | counter by `reason` | batches that failed and were sent again: SQLSTATE or what broke |
/// | `guarantee.unreachable` | counter by `reason` | times that no connection was had to record over |
final class RecorderMetrics: Sendable {
  private let factory: any MetricsFactory
  private let batchEvents: CoreMetrics.Recorder
  private let batchDuration: CoreMetrics.Timer
  private let queueEvents: Gauge
  private let callWait: CoreMetrics.Timer
  private let callDuration: CoreMetrics.Timer
  private let counters = Mutex<[CounterName: Counter]>([:])

  private struct CounterName: Hashable {
    let label: String
    let dimension: String
    let value: String
  }

  /// The metrics for the backend in place; `nil` when there is none, so that nothing is measured.
  static func inPlace() -> RecorderMetrics? {
    let factory = MetricsSystem.factory
    return factory is NOOPMetricsHandler ? nil : RecorderMetrics(factory)
  }

  private init(_ factory: any MetricsFactory) {
    self.factory = factory
    batchEvents = CoreMetrics.Recorder(label: "guarantee.batch.events", factory: factory)
    batchDuration = Timer(label: "guarantee.batch.duration", factory: factory)
    queueEvents = Gauge(label: "guarantee.queue.events", factory: factory)
    callWait = Timer(label: "guarantee.call.wait", factory: factory)
    callDuration = Timer(label: "guarantee.call.duration", factory: factory)
  }

  func sent(_ sending: Sending, queued: Int, now: ContinuousClock.Instant) {
    batchEvents.record(sending.count)
    queueEvents.record(queued)
    if let reason = sending.retryReason { counter("guarantee.retries", "reason", reason).increment() }
    for arrival in sending.arrivals { callWait.recordNanoseconds(arrival.duration(to: now).nanoseconds) }
  }

  func ended(after duration: Duration) {
    batchDuration.recordNanoseconds(duration.nanoseconds)
  }

  /// To be told when events have gone out, which is not always with a batch.
  func queued(_ count: Int) {
    queueEvents.record(count)
  }

  func unreachable(_ reason: String) {
    counter("guarantee.unreachable", "reason", reason).increment()
  }

  func succeeded(_ results: [RecordResult]) {
    var counts: [String: Int] = [:]
    for result in results { counts[result.code, default: 0] += 1 }
    for (code, count) in counts { counter("guarantee.results", "result", code).increment(by: count) }
  }

  func answered(after duration: Duration, error: LedgerError?) {
    callDuration.recordNanoseconds(duration.nanoseconds)
    if let error { counter("guarantee.call.errors", "code", error.code.rawValue).increment() }
  }

  private func counter(_ label: String, _ dimension: String, _ value: String) -> Counter {
    counters.withLock { counters in
      let name = CounterName(label: label, dimension: dimension, value: value)
      if let counter = counters[name] { return counter }
      let counter = Counter(label: label, dimensions: [(dimension, value)], factory: factory)
      counters[name] = counter
      return counter
    }
  }
}

extension Duration {
  fileprivate var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
