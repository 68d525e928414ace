/// What becomes of a pool's connections.
package enum PostgresPoolEvent: Sendable {
  case opened(PostgresServerInfo)
  /// Closed by the pool: after a long rest, at its end, or since it had broken.
  case closed(PostgresServerInfo)
  /// An attempt to connect has failed. Another follows by itself while somebody waits, unless the refusal is
  /// permanent.
  case connectFailed(PostgresError)
}
