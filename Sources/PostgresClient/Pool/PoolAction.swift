/// A connection of a pool, from the first attempt to open it to its end.
struct PoolConnectionID: Hashable, Sendable {
  let number: Int
}

/// A call that waits for a connection.
struct PoolWaiterID: Hashable, Sendable {
  let number: Int
}

/// What the pool is to do next, as `PoolStateMachine` has decided.
enum PoolAction: Hashable, Sendable {
  /// Open a connection; then say `connected` or `connectFailed`.
  case connect(PoolConnectionID)
  /// Ask an idle connection whether it still works; then say `checked`.
  case check(PoolConnectionID)
  /// Give the connection to the one who waits.
  case hand(PoolConnectionID, to: PoolWaiterID)
  /// End a wait with an error.
  case fail(PoolWaiterID, PostgresError)
  /// Close a connection; nothing is to be said of it any more.
  case close(PoolConnectionID)
  /// Say `tick` at that instant. Takes the place of a later one.
  case wake(at: ContinuousClock.Instant)
  /// Tell those who drain the pool that all has come back.
  case finish
}
