import PostgresClient

/// What a failed batch calls for.
struct BatchFailure: Error {
  enum Course: Equatable {
    /// The same events again after a pause.
    case again
    /// Its two halves one after the other, since one event may be to blame and its neighbours are not.
    case halves
    /// What needs one book apart from what needs others, since another program holds one of them for long.
    case books
    /// No further attempt would fare better.
    case end
  }

  var course: Course
  /// Whether the events may have been recorded all the same.
  var mayBeRecorded: Bool
  /// Whether other batches would fail as well, so that all wait until the pause is over.
  var isEverybodys: Bool
  /// Whether the connection is of no use any more although it stands.
  var spoilsConnection = false
  /// After so many attempts the halves are tried instead: one event may be to blame after all.
  var patience: Int
  /// For logs and metrics: the SQLSTATE, or our own word where the server said none.
  var reason: String
  var error: LedgerError

  init(_ error: PostgresError) {
    self.error = LedgerError(error)
    mayBeRecorded = error.isEffectUnknown
    reason = error.reason
    switch error.kind {
    case .connectionLost, .closed, .deadlineExceeded, .cancelled, .unreachable, .replicationUnconfirmed:
      course = .again
      isEverybodys = error.kind != .replicationUnconfirmed
      patience = 4
    case .rolledBack, .misuse:
      course = .halves
      isEverybodys = false
      patience = 1
    case .server:
      let state = error.sqlState ?? SQLState(rawValue: "XX000")
      course = Self.course(of: state)
      // A pooler speaks so of a connection that it has lost, whatever had been sent over it.
      if state.conditionClass == "08" { mayBeRecorded = true }
      isEverybodys =
        state == .readOnlyTransaction || state.conditionClass == "08"
        || state.conditionClass == "57" && state != .queryCanceled
      spoilsConnection = isEverybodys
      patience = Self.conflicts.contains(state) ? 6 : isEverybodys ? .max : 2
    }
  }

  private init(
    _ course: Course, mayBeRecorded: Bool, reason: String, patience: Int = .max, _ error: LedgerError
  ) {
    self.course = course
    self.mayBeRecorded = mayBeRecorded
    isEverybodys = false
    self.patience = patience
    self.reason = reason
    self.error = error
  }

  /// Whether a batch of so many events is given up when it has failed so often, the last time like this.
  ///
  /// One event with a defect is tried once more, since some are gone at the second look, such as a function that was
  /// just replaced. While it is open what became of an earlier attempt, only the deadline ends the asking.
  func isFinal(for count: Int, attempts: Int, mayBeRecorded: Bool) -> Bool {
    !mayBeRecorded && (course == .end || course == .halves && count <= 1 && attempts > 1)
  }

  /// Whether its halves are tried next, one after the other.
  func callsForHalves(of count: Int, attempts: Int) -> Bool {
    count > 1 && (course == .halves || course == .again && attempts >= patience)
  }

  /// Sessions in which earlier attempts may go on could not be ended.
  static let sessionsGoOn = BatchFailure(
    .again, mayBeRecorded: false, reason: "sessions_go_on",
    LedgerError(.database, "An earlier attempt goes on in the database."))

  /// The database gave another number of results than events were sent.
  init(resultCount: Int, for eventCount: Int) {
    self.init(
      .end, mayBeRecorded: true, reason: "result_count",
      LedgerError(resultCount: resultCount, for: eventCount))
  }

  /// Another transaction was in the way: at another time there is none.
  private static let conflicts: Set<SQLState> = [.serializationFailure, .deadlockDetected, .uniqueViolation]

  private static func course(of state: SQLState) -> Course {
    switch state {
    case _ where conflicts.contains(state), .queryCanceled, .readOnlyTransaction: .again
    case .lockNotAvailable: .books
    case .insufficientPrivilege, .diskFull: .end
    default:
      switch state.conditionClass {
      // Lost on the way; starting or stopping.
      case "08", "57": .again
      // A database without the ledger's functions, or one that is broken.
      case "42", "3F", "3D", "28", "58": .end
      default: .halves
      }
    }
  }
}
