/// The state between one who gives batches of rows and one who takes them, as a value: each step says who has to
/// be told what.
///
/// `Giver` and `Taker` are what tells the two; at most one of each waits at a time.
struct RowHandover<Giver: Sendable, Taker: Sendable>: Sendable {
  typealias Rows = [[String?]]
  typealias Taken = Result<Rows?, LedgerError>

  /// Whom to tell what; `nil` for nobody.
  struct Actions: Sendable {
    var giver: (giver: Giver, isTaken: Bool)?
    var taker: (taker: Taker, taken: Taken)?
  }

  private enum State: Sendable {
    /// Nobody waits.
    case idle
    case offered(Rows, by: Giver)
    case wanted(by: Taker)
    case finished(LedgerError?)
    case abandoned
  }

  private var state = State.idle

  /// Somebody has rows to give, and waits until they are taken.
  mutating func offer(_ rows: Rows, by giver: Giver) -> Actions {
    switch state {
    case .wanted(let taker):
      state = .idle
      return Actions(giver: (giver, true), taker: (taker, .success(rows)))
    case .idle:
      state = .offered(rows, by: giver)
      return Actions()
    case .offered, .finished, .abandoned:
      return Actions(giver: (giver, false))
    }
  }

  /// Somebody wants rows, and waits for them.
  mutating func take(by taker: Taker) -> Actions {
    switch state {
    case .offered(let rows, let giver):
      state = .idle
      return Actions(giver: (giver, true), taker: (taker, .success(rows)))
    case .idle:
      state = .wanted(by: taker)
      return Actions()
    case .finished(let error?):
      state = .finished(nil)
      return Actions(taker: (taker, .failure(error)))
    case .finished(nil):
      return Actions(taker: (taker, .success(nil)))
    case .abandoned, .wanted:
      return Actions(taker: (taker, .failure(Self.cancelled)))
    }
  }

  /// No rows come any more: the last was taken, or there was an error.
  mutating func finish(_ error: LedgerError?) -> Actions {
    switch state {
    case .wanted(let taker):
      state = .finished(nil)
      return Actions(taker: (taker, error.map { .failure($0) } ?? .success(nil)))
    case .idle:
      state = .finished(error)
      return Actions()
    case .offered, .finished, .abandoned:
      return Actions()
    }
  }

  /// Nobody will take rows any more.
  mutating func abandon() -> Actions {
    let before = state
    state = .abandoned
    switch before {
    case .offered(_, let giver): return Actions(giver: (giver, false))
    case .wanted(let taker): return Actions(taker: (taker, .failure(Self.cancelled)))
    case .idle, .finished, .abandoned: return Actions()
    }
  }

  private static var cancelled: LedgerError { LedgerError(.cancelled, "The call was cancelled.") }
}
