package import Logging

/// How to follow the journal, beside from where.
package struct FeedOptions: Sendable {
  /// The offices to follow; `nil` for all, those to come included. The empty one is the register.
  package var offices: [String]?
  /// Whether to end once what is there when it begins has been handed out.
  package var untilEnd = false
  /// About how many events are held in memory.
  package var pageSize = 1024
  /// How long a call of the server may take before the connection counts as lost.
  package var deadline: Duration = .seconds(30)
  package var pauses = Pauses()
  /// What the server shows in `pg_stat_activity`, unless the connection string has its own.
  package var applicationName = "guarantee"
  /// Gets what went wrong and was tried again; nothing of an event, and not where the database is.
  package var logger = Logger(label: "guarantee") { _ in SwiftLogNoOpLogHandler() }
  /// Is told of what the follower mends by itself, such as a lost connection: once until it is mended.
  package var onTrouble: @Sendable (LedgerError) -> Void = { _ in }

  package init() {}
}

extension FeedOptions {
  /// Chosen lengths of waits.
  package struct Pauses: Sendable, Equatable {
    /// A pause that is twice as long each time it was in vain.
    package struct Doubling: Sendable, Equatable {
      package var first: Duration
      package var longest: Duration

      /// - Parameter times: How often it was in vain so far.
      func length(after times: Int) -> Duration {
        min(first * (1 << min(max(times, 0), 20)), longest)
      }
    }

    /// How long to wait to be called before looking all the same, which shows whether the server still answers;
    /// `nil` without end.
    package var longestWait: Duration? = .seconds(15)
    /// Between looks when nobody can call.
    package var polling = Doubling(first: .milliseconds(50), longest: .seconds(2))
    /// Between looks while somebody may still record without calling.
    package var settling = Doubling(first: .milliseconds(5), longest: .seconds(2))
    /// Before connecting again.
    package var connecting = Doubling(first: .milliseconds(50), longest: .seconds(2))
  }
}
