import Synchronization

/// A stretch of work that has a connection to itself.
///
/// The tasks inside it carry it in a task-local value, by which the connection tells them from others, who
/// wait. So tasks may share a connection, and none gets into another's transaction.
struct ConnectionScope: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case statement
    /// Its body may run statements and transfers.
    case transaction
    /// A stream of rows or bytes: the connection is in the midst of one statement, so its body can't run
    /// another.
    case transfer
  }

  let kind: Kind
  let deadline: Deadline
  private let number: Int

  private static let lastNumber = Atomic<Int>(0)

  init(_ kind: Kind, by deadline: Deadline) {
    self.kind = kind
    self.deadline = deadline
    number = Self.lastNumber.add(1, ordering: .relaxed).newValue
  }

  /// The scopes that the current task is in, of all connections, outermost first.
  @TaskLocal static var held: [ConnectionScope] = []

  /// Runs `body` inside this scope, where its caller runs: a change of threads would cost more than a row.
  func hold<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
  ) async rethrows -> Value {
    try await Self.$held.withValue(Self.held + [self]) {
      // Named here, the isolation holds in this closure too.
      _ = isolation
      return try await body()
    }
  }
}
