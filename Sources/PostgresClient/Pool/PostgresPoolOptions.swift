/// How a pool opens, keeps and closes its connections.
package struct PostgresPoolOptions: Sendable {
  /// How each connection is opened.
  package var connect = PostgresConnectOptions()
  /// How many connections there may be at once; at least one.
  package var maximumConnections = 4
  /// How long a connection may lie idle before it is closed. The last one stays open.
  package var idleTimeout: Duration = .seconds(60)
  /// A connection that lay idle this long is asked whether it still works before it is handed out. One that lay
  /// idle for less has only its socket looked at.
  package var checkAfterIdle: Duration = .seconds(5)
  /// How long that may take; a connection that doesn't answer by then is closed.
  package var checkTimeout: Duration = .seconds(2)
  package var backoff = PoolBackoff()

  package init() {}

  var settings: PoolStateMachine.Settings {
    PoolStateMachine.Settings(
      maximumConnections: max(maximumConnections, 1), idleTimeout: idleTimeout,
      checkAfterIdle: checkAfterIdle, backoff: backoff)
  }
}
