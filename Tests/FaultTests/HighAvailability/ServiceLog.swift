import Synchronization

/// When which writer was last told that something is recorded, and how long it was not.
final class ServiceLog: Sendable {
  private struct State {
    var acknowledgedCount = 0
    var unsettledCount = 0
    var overdue: [String] = []
    /// Since `begin()`, for each writer.
    var last: [ContinuousClock.Instant]
    var longest: [Duration]
    /// The same for all of them together.
    var lastOfAny = ContinuousClock.now
    var longestOfAny = Duration.zero
    /// Writers that were told so since `mark()`.
    var served: Set<Int> = []
  }

  /// The longest times without an acknowledgement.
  struct Gaps {
    let ofAny: Duration
    let ofEach: [Duration]
  }

  private let state: Mutex<State>
  private let writerCount: Int

  init(writerCount: Int) {
    self.writerCount = writerCount
    let last = Array(repeating: ContinuousClock.now, count: writerCount)
    state = Mutex(State(last: last, longest: last.map { _ in .zero }))
  }

  /// Measures anew from now on.
  func begin() {
    state.withLock { state in
      let now = ContinuousClock.now
      (state.lastOfAny, state.longestOfAny) = (now, .zero)
      state.last = state.last.map { _ in now }
      state.longest = state.longest.map { _ in .zero }
    }
  }

  /// Notes what a call brought. A replay counts as well, and so does a refusal: both are answers.
  func note(_ answers: [Answer], of writer: Int) {
    let now = ContinuousClock.now
    state.withLock { state in
      state.acknowledgedCount += answers.count { $0.told.claimsRecorded }
      state.unsettledCount += answers.count { !$0.told.isSettled }
      guard answers.contains(where: { $0.told.isSettled }) else { return }
      state.longest[writer] = max(state.longest[writer], state.last[writer].duration(to: now))
      state.longestOfAny = max(state.longestOfAny, state.lastOfAny.duration(to: now))
      state.last[writer] = now
      state.lastOfAny = now
      state.served.insert(writer)
    }
  }

  func noteOverdue(_ what: String) { state.withLock { $0.overdue.append(what) } }

  var acknowledgedCount: Int { state.withLock { $0.acknowledgedCount } }
  var unsettledCount: Int { state.withLock { $0.unsettledCount } }
  /// Calls that came back later than they may.
  var overdue: [String] { state.withLock { $0.overdue } }
  var gaps: Gaps { state.withLock { Gaps(ofAny: $0.longestOfAny, ofEach: $0.longest) } }

  /// Asks who is served from now on.
  func mark() { state.withLock { $0.served = [] } }
  /// Who was not, since `mark()`.
  var unserved: [Int] { state.withLock { state in (0..<writerCount).filter { !state.served.contains($0) } } }
}
