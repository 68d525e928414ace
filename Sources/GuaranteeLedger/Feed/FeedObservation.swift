import Logging
import Metrics

/// What of feeds is told to logs and metrics. Neither an event's content nor where the database is.
enum FeedObservation {
  /// How often followers have lost their connection and were not ended by it.
  private static let losses = Counter(label: "guarantee_feed_connections_lost_total")

  static func lost(_ error: LedgerError, _ logger: Logger) {
    losses.increment()
    logger.notice(
      "A follower of the journal has no connection and makes a new one", metadata: ["code": "\(error.code)"])
  }
}
