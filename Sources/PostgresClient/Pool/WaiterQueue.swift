/// The calls that wait for a connection, first come first served. Adding, taking the first and removing any of
/// them take constant time.
struct WaiterQueue: Hashable, Sendable {
  struct Waiter: Hashable, Sendable {
    let id: PoolWaiterID
    /// `nil` waits without end.
    let deadline: ContinuousClock.Instant?
    /// Whether to wait on when an attempt to connect has failed that may succeed later.
    let isPatient: Bool
  }

  /// `nil` where one has been removed. The first is never `nil`.
  private var places: ArraySlice<Waiter?> = []
  /// The number of the waiter whose place is the first.
  private var firstNumber = 0
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }
  var first: Waiter? { places.first ?? nil }

  mutating func append(by deadline: ContinuousClock.Instant?, isPatient: Bool) -> PoolWaiterID {
    let id = PoolWaiterID(number: firstNumber + places.count)
    places.append(Waiter(id: id, deadline: deadline, isPatient: isPatient))
    count += 1
    return id
  }

  mutating func removeFirst() -> Waiter? {
    guard let waiter = first else { return nil }
    return remove(waiter.id)
  }

  /// Removes a waiter; `nil` when it no longer waits.
  mutating func remove(_ id: PoolWaiterID) -> Waiter? {
    let offset = id.number - firstNumber
    guard offset >= 0, offset < places.count else { return nil }
    let index = places.startIndex + offset
    guard let waiter = places[index] else { return nil }
    places[index] = nil
    count -= 1
    while let first = places.first, first == nil {
      places.removeFirst()
      firstNumber += 1
    }
    // A slice keeps the room of what went before it.
    if places.isEmpty { places = [] }
    return waiter
  }

  /// Removes all that satisfy the condition, in their order.
  mutating func removeAll(where condition: (Waiter) -> Bool) -> [Waiter] {
    places.compactMap { $0 }.filter(condition).compactMap { remove($0.id) }
  }

  /// Whether one of them satisfies the condition.
  func contains(where condition: (Waiter) -> Bool) -> Bool {
    places.contains { $0.map(condition) ?? false }
  }

  /// The instant by which the first of them gives up.
  var earliestDeadline: ContinuousClock.Instant? {
    places.compactMap { $0?.deadline }.min()
  }
}
