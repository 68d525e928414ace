/// How a pool stands at one moment: for measurements and tests, since the next moment may differ.
package struct PostgresPoolStatus: Hashable, Sendable {
  /// How many connections are open, in use or not.
  package var open: Int
  package var inUse: Int
  /// How many calls wait for a connection.
  package var waiting: Int
  /// Whether the last attempt to connect has failed.
  package var isFailing: Bool
}

extension PostgresPoolStatus {
  init(_ machine: PoolStateMachine) {
    open = machine.openCount
    inUse = machine.inUse.count
    waiting = machine.waiters.count
    isFailing = machine.health != .fine
  }
}
