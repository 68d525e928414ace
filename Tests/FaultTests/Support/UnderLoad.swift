import GuaranteeLedger
import Synchronization

/// Several callers that record for as long as it takes for a number of blows to fall on the server.
final class UnderLoad: Sendable {
  private let callerCount = 8
  /// Answers between one blow and the next.
  private let answersBetween: Int
  private let blowCount: Int
  private let silence = Mutex((since: ContinuousClock.now, longest: Duration.zero))
  private let fallen = Mutex(0)

  init(blowCount: Int, answersBetween: Int = 60) {
    self.blowCount = blowCount
    self.answersBetween = answersBetween
  }

  /// The longest time in which nobody was answered, be it as the machine was busy with something else.
  var longestSilence: Duration { silence.withLock { $0.longest } }

  /// Whether all blows have fallen.
  var isOver: Bool { fallen.withLock { $0 == blowCount } }

  /// - Parameters:
  ///   - run: what sets the references apart.
  ///   - blow: strikes, and returns when the server is up again or another is.
  /// - Returns: what the callers were told.
  func run(
    _ client: some RecordingClient, _ workload: inout Workload, run: String,
    blow: @escaping @Sendable (_ number: Int) async throws -> Void
  ) async throws -> [Answer] {
    // Calls enough for the blows to fall while they are being made, and some more after the last.
    let calls = (blowCount + 1) * answersBetween / callerCount + 5
    let callers = workload.callers(callerCount, calls: calls, run: run)
    let answered = Milestones()
    silence.withLock { $0.since = .now }
    async let answers = Caller.runAll(callers, with: client, deadline: RecordingSession.ample) { given in
      self.hear()
      answered.advance(by: given.count)
    }
    for number in 1...blowCount {
      await answered.reach(number * answersBetween)
      try await blow(number)
      fallen.withLock { $0 = number }
    }
    return await answers
  }

  private func hear() {
    silence.withLock { silence in
      silence.longest = max(silence.longest, silence.since.duration(to: .now))
      silence.since = .now
    }
  }
}
