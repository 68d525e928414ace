import GuaranteeLedger

/// Several callers that record for as long as it takes for a number of blows to fall on the server.
struct UnderLoad: Sendable {
  var callerCount = 8
  /// Answers between one blow and the next.
  var answersBetween = 60
  var blowCount: Int
  var deadline = RecordingSession.ample

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
    async let answers = Caller.runAll(callers, with: client, deadline: deadline) { given in
      answered.advance(by: given.count)
    }
    for number in 1...blowCount {
      await answered.reach(number * answersBetween)
      try await blow(number)
    }
    return await answers
  }
}
