/// How a pool opens, keeps and closes its connections.
package struct PostgresPoolOptions: Sendable {
  /// How each connection is opened.
  package var connect = PostgresConnectOptions()
  /// How many connections there may be at once; at least one.
  package var maximumConnections = 4
  /// How long a connection may lie idle before it is closed. The last one stays open.
  package var idleTimeout: Duration = .seconds(60)
  /// A connection that lay idle this long has its socket looked at before it is handed out, which tells when the
  /// server has ended it. One that comes and goes under load is handed out as it is.
  package var lookAfterIdle: Duration = .milliseconds(10)
  /// A connection that lay idle this long is asked whether it still works before it is handed out.
  package var checkAfterIdle: Duration = .seconds(5)
  /// How long that may take; a connection that doesn't answer by then is closed.
  package var checkTimeout: Duration = .seconds(2)
  package var backoff = PoolBackoff()
  /// Is told what becomes of connections, for logs and measurements; called on any thread, so be quick.
  package var onEvent: @Sendable (PostgresPoolEvent) -> Void = { _ in }

  package init() {}

  var settings: PoolStateMachine.Settings {
    PoolStateMachine.Settings(
      maximumConnections: max(maximumConnections, 1), idleTimeout: idleTimeout,
      lookAfterIdle: lookAfterIdle,
      checkAfterIdle: checkAfterIdle, backoff: backoff)
  }
}
