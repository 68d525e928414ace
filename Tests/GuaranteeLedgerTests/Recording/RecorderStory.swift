import Testing

@testable import GuaranteeLedger

/// An event as far as the recorder looks at it.
struct StoryEvent: BatchableEvent, Hashable {
  let key: String
  var office: String?
  var dispute: String?

  init(_ key: String, office: String? = nil, dispute: String? = nil) {
    self.key = key
    self.office = office
    self.dispute = dispute
  }

  subscript(field: String) -> String? {
    switch field {
    case "office": office
    case "dispute": dispute
    default: nil
    }
  }

  func append(to batch: inout EventBatch) {}
}

/// A recorder's decisions told step by step, without a server: who arrives, what is sent, how it ends.
struct RecorderStory {
  typealias State = RecorderState<String>

  var state: State
  var now = ContinuousClock.now
  /// What each caller got, by its name.
  private(set) var answers: [String: Result<[RecordResult], LedgerError>] = [:]
  private var lastID = 0
  private var ids: [String: Int] = [:]

  init(_ change: (inout RecorderLimits) -> Void = { _ in }) {
    var limits = RecorderLimits()
    limits.lanes = 1
    change(&limits)
    state = State(limits: limits)
  }

  /// A caller arrives with events named after it: `A.0`, `A.1`, …
  mutating func arrive(
    _ caller: String, _ count: Int = 1, office: String? = "O", dispute: String? = nil,
    deadline: Duration = .seconds(30)
  ) {
    let events = (0..<count).map { StoryEvent("\(caller).\($0)", office: office, dispute: dispute) }
    arrive(caller, events, deadline: deadline)
  }

  mutating func arrive(_ caller: String, _ events: [StoryEvent], deadline: Duration = .seconds(30)) {
    lastID += 1
    ids[caller] = lastID
    let consequences = state.arrive(lastID, caller, events, deadline: now + deadline, now: now)
    take(consequences)
  }

  mutating func leave(_ caller: String) {
    guard let id = ids[caller] else { return }
    take(state.leave(id, because: .cancelled, now: now))
  }

  /// Time passes, and the alarm rings when it is due.
  mutating func wait(_ duration: Duration) {
    now += duration
    if let alarm = state.alarm, alarm <= now { take(state.wake(now: now)) }
  }

  /// Sends a lane's next batch.
  ///
  /// - Returns: The keys that are sent; `nil` when the lane rests.
  mutating func send(_ lane: Int = 0) -> [String]? {
    guard state.lanes[lane].isRunning, state.goesOn(lane, now: now) else { return nil }
    defer { check() }
    take(state.wakeIfDue(now: now))
    guard let sending = state.take(lane, now: now) else { return nil }
    return sending.parts.flatMap { part in part.positions.map { part.events.key(at: $0) } }
  }

  /// The batch on its way is recorded; events with these keys are refused.
  /// - Parameter rests: Whether the lane looks at once what there is next.
  mutating func succeed(
    _ lane: Int = 0, refusing refused: Set<String> = [], office: String = "O", rests: Bool = true
  ) {
    take(state.succeed(lane, results(lane, refused, office), now: now))
    if rests { rest(lane) }
  }

  mutating func fail(_ failure: BatchFailure, _ lane: Int = 0, session: Int32? = nil) {
    take(state.fail(lane, failure, session: session, jitter: 512, now: now))
    rest(lane)
  }

  /// Sends until all have their answers; batches fail as `failure` says.
  mutating func run(failing failure: ([String]) -> BatchFailure?) {
    for _ in 0..<10_000 where !state.isIdle {
      guard let keys = send() else {
        wait(.milliseconds(50))
        continue
      }
      if let failure = failure(keys) { fail(failure) } else { succeed() }
    }
    #expect(state.isIdle)
  }

  mutating func failToConnect(_ lane: Int = 0, isLasting: Bool) {
    let error = LedgerError(.unreachable, "No server.")
    take(state.failToConnect(lane, error, isLasting: isLasting, jitter: 512, now: now))
    rest(lane)
  }

  mutating func close() { take(state.close()) }

  /// What is known of a caller's events after its call failed, such as `A.0 recorded, A.1 unknown`.
  func known(_ caller: String) -> String? {
    guard case .failure(let error) = answers[caller] else { return nil }
    return error.events.map { "\($0.key) \($0.state.word)" }.joined(separator: ", ")
  }

  func error(_ caller: String) -> LedgerError.Code? {
    if case .failure(let error) = answers[caller] { error.code } else { nil }
  }

  func message(_ caller: String) -> String? {
    if case .failure(let error) = answers[caller] { error.message } else { nil }
  }

  func codes(_ caller: String) -> [String]? {
    if case .success(let results) = answers[caller] { results.map(\.code) } else { nil }
  }

  /// The lane asks whether it goes on, as it does after each batch.
  private mutating func rest(_ lane: Int) {
    if state.lanes[lane].isRunning { _ = state.goesOn(lane, now: now) }
    check()
  }

  private func results(_ lane: Int, _ refused: Set<String>, _ office: String) -> [RecordResult] {
    guard let batch = state.lanes[lane].flight else { return [] }
    return batch.slices.flatMap { slice in
      slice.positions.map { position in
        // Those who left get a result like all others.
        let key = state.calls[slice.call]?.events.key(at: position) ?? "left"
        if refused.contains(key) {
          let refusal = LedgerRefusal(code: .insufficientFunds, key: key, message: "No.")
          return RecordResult(key: key, outcome: .refused(refusal))
        }
        return RecordResult(
          key: key, outcome: .recorded, position: EventPosition(office: office, sequence: 1))
      }
    }
  }

  private mutating func take(_ consequences: State.Consequences) {
    for answer in consequences.answers {
      #expect(answers[answer.caller] == nil, "\(answer.caller) is answered twice")
      answers[answer.caller] = answer.outcome
    }
    check()
  }

  private func check() {
    #expect(state.brokenInvariants(now: now) == [])
  }
}

extension EventStatus.State {
  var word: String {
    switch self {
    case .settled(let result): result.code
    case .unknown: "unknown"
    case .notRecorded: "not recorded"
    }
  }
}

extension BatchFailure {
  /// The connection was lost with the batch on its way.
  static let lost = BatchFailure.make(.again, mayBeRecorded: true, isEverybodys: true, patience: 4)
  /// Another transaction was in the way, and nothing was changed.
  static let conflict = BatchFailure.make(.again, patience: 6)
  /// Another program holds the book that one of the events needs.
  static let held = BatchFailure.make(.books, patience: 2)
  /// Something about one of the events.
  static let defect = BatchFailure.make(.halves, patience: 2)
  /// Nothing that another attempt would mend.
  static let forbidden = BatchFailure.make(.end, patience: 2)

  private static func make(
    _ course: Course, mayBeRecorded: Bool = false, isEverybodys: Bool = false, patience: Int
  ) -> BatchFailure {
    var failure = BatchFailure.sessionsGoOn
    failure.course = course
    failure.mayBeRecorded = mayBeRecorded
    failure.isEverybodys = isEverybodys
    failure.patience = patience
    failure.error = LedgerError(.database, "It failed.")
    return failure
  }
}
