public import Logging

/// How a ledger is reached and how much is asked of it at once; everything but the connection string has a
/// default.
///
/// Metrics and spans go to the backends that are in place when the ledger is opened: bootstrap them before.
public struct LedgerConfiguration: Sendable {
  /// Whatever libpq takes: `key=value` pairs, a URL, a service; with several hosts, TLS settings and the rest.
  ///
  /// Unless it says otherwise, it is given `target_session_attrs=read-write`, so that of several hosts the one
  /// that takes changes is found. To read from a standby, open a second ledger with
  /// `target_session_attrs=prefer-standby`.
  public var connectionString: String
  /// What the server shows in `pg_stat_activity`, unless the connection string has its own.
  public var applicationName = "guarantee"
  /// Connections that may be open at once, for reading and recording. A reading holds one until its last row.
  public var maximumConnections = 4
  /// Batches of events that may be on their way at once, each on a connection of its own.
  public var recordingConnections = 2
  /// How long a call may take that names no deadline of its own.
  public var deadline: Duration = .seconds(30)
  /// How long one batch may take before its connection is given up and its events are sent again on another;
  /// doubled with each attempt. A book that another program holds is waited for a fifth of it; then what other offices'
  /// events the batch has go on without.
  public var attemptTimeout: Duration = .seconds(10)
  /// How long the server may say nothing while it works on something that has no deadline of its own, such as each
  /// piece of a long report; `nil` without end.
  package var silence: Duration? = .seconds(600)
  /// How long opening the ledger tries again while no server takes the connection, as while one takes the place of
  /// another; `nil`: the first failure is the answer.
  public var openingPatience: Duration?
  /// Events that may wait inside the library; when there are as many, calls wait for room.
  public var queueLimit = 10_000
  /// Events in one batch, which is one round trip and one commit.
  public var batchLimit = 1_000
  /// Gets what went wrong and was tried again. Never an event's key or fields, a name, or a connection string.
  public var logger = Logger(label: "guarantee") { _ in SwiftLogNoOpLogHandler() }

  /// Called with the name of a server to which a connection leads that others on the network could read, the first time
  /// that it does. The logger is told as well.
  package var onExposed: @Sendable (_ host: String) -> Void = { _ in }

  /// Everything as it is by default, for a connection string.
  public init(_ connectionString: String) {
    self.connectionString = connectionString
  }
}
