import CoreMetrics

/// What a follower measures, by the means of swift-metrics.
///
/// | name | kind | measures |
/// |---|---|---|
/// | `guarantee.feed.events` | counter | events handed out |
/// | `guarantee.feed.losses` | counter by `reason` | connections lost or not made: SQLSTATE or what broke |
struct FeedMetrics: Sendable {
  private let factory: any MetricsFactory
  private let events: Counter

  /// The metrics for the backend in place; `nil` when there is none, so that nothing is measured.
  static func inPlace() -> FeedMetrics? {
    let factory = MetricsSystem.factory
    return factory is NOOPMetricsHandler ? nil : FeedMetrics(factory)
  }

  private init(_ factory: any MetricsFactory) {
    self.factory = factory
    events = Counter(label: "guarantee.feed.events", factory: factory)
  }

  func handedOut() { events.increment() }

  func lost(_ reason: String) {
    Counter(label: "guarantee.feed.losses", dimensions: [("reason", reason)], factory: factory).increment()
  }
}
