/// A way to have intents recorded.
protocol RecordingClient: Sendable {
  /// - Returns: What is told of each, in their order.
  func record(_ intents: [Intent], deadline: Duration) async -> [Told]
}

/// One task that records: one call after the other, each with some intents.
struct Caller: Sendable {
  let name: String
  let calls: [[Intent]]

  /// - Parameter onAnswer: told after each call, with what it was answered.
  func run(
    with client: some RecordingClient, deadline: Duration,
    onAnswer: @Sendable ([Answer]) async -> Void = { _ in }
  ) async -> [Answer] {
    var answers: [Answer] = []
    for (index, intents) in calls.enumerated() {
      let end = ContinuousClock.now + deadline
      let told = await client.record(intents, deadline: deadline)
      let cameEarly = ContinuousClock.now < end && !Task.isCancelled
      let given = zip(intents, told).map {
        Answer(intent: $0, told: $1, caller: name, call: index, cameEarly: cameEarly)
      }
      await onAnswer(given)
      answers += given
    }
    return answers
  }

  /// Runs callers at once.
  static func runAll(
    _ callers: [Caller], with client: some RecordingClient, deadline: Duration,
    onAnswer: @escaping @Sendable ([Answer]) async -> Void = { _ in }
  ) async -> [Answer] {
    await withTaskGroup(of: [Answer].self) { group in
      for caller in callers {
        group.addTask { await caller.run(with: client, deadline: deadline, onAnswer: onAnswer) }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
  }
}
