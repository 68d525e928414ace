import GuaranteeLedger
import Synchronization

/// Eight callers, each with a ledger of its own as if it were a program of its own: four by a connection string that
/// names all nodes, four by way of PgBouncer. What has no outcome by the deadline they send again.
final class Writers: Sendable {
  private struct Writer: Sendable {
    let number: Int
    let ledger: Ledger
    let deadline: Duration
  }

  static let direct = 0..<4
  static let pooled = 4..<8
  /// Shorter and longer than most failovers take.
  private static let deadlines: [Duration] = [.seconds(3), .seconds(6), .seconds(12), .seconds(30)]
  /// Faster than people are and slower than the machine is: it has other things to do.
  private static let pace = Duration.milliseconds(40)
  /// What has no outcome after so many calls will not have one.
  private static let patience = 40

  let service = ServiceLog(writerCount: pooled.upperBound)
  let pulse = Pulse()
  private let seed: UInt64
  private let writers: [Writer]
  private let isOver = Mutex(false)

  init(to cluster: Cluster, database: String, seed: UInt64) async throws {
    self.seed = seed
    var writers: [Writer] = []
    for number in 0..<Self.pooled.upperBound {
      let machines = Self.pooled.contains(number) ? ["bouncer"] : cluster.nodes
      var configuration = LedgerConfiguration(cluster.connectionString(to: machines, database: database))
      configuration.attemptTimeout = .seconds(2)
      writers.append(
        Writer(
          number: number, ledger: try await Ledger.open(configuration),
          deadline: Self.deadlines[number % Self.deadlines.count]))
    }
    self.writers = writers
  }

  /// Records until `stop()`: what the callers were told.
  func run() async -> [Answer] {
    let beating = Task { await pulse.run() }
    defer { beating.cancel() }
    return await withTaskGroup(of: [Answer].self) { group in
      for writer in writers { group.addTask { await self.run(writer) } }
      return await group.reduce(into: []) { $0 += $1 }
    }
  }

  /// Everyone brings to an end what has no outcome yet, and begins nothing new.
  func stop() { isOver.withLock { $0 = true } }

  func shutDown() async {
    for writer in writers { await writer.ledger.shutDown() }
  }

  private func run(_ writer: Writer) async -> [Answer] {
    var workload = Workload(seed: seed &+ UInt64(writer.number))
    var answers: [Answer] = []
    for round in 1... {
      for caller in workload.callers(1, calls: 50, run: "\(writer.number)-\(round)") {
        for (index, intents) in caller.calls.enumerated() {
          if isOver.withLock({ $0 }) || Task.isCancelled { return answers }
          answers += await settle(intents, of: writer, by: caller.name, index)
        }
      }
    }
    return answers
  }

  /// Sends the same until it has an outcome.
  private func settle(_ intents: [Intent], of writer: Writer, by caller: String, _ index: Int) async
    -> [Answer]
  {
    var answers: [Answer] = []
    for _ in 1...Self.patience {
      let start = ContinuousClock.now
      let given = await Caller(name: caller, calls: [intents]).run(
        with: LedgerClient(ledger: writer.ledger), deadline: writer.deadline)
      let took = start.duration(to: .now)
      if took > writer.deadline + .seconds(1) + pulse.greatestLag(since: start) {
        service.noteOverdue("\(caller) had \(writer.deadline) and took \(took)")
      }
      service.note(given, of: writer.number)
      answers += given
      if given.allSatisfy(\.told.isSettled) || Task.isCancelled { break }
      await turn(at: start + Self.pace)
    }
    await turn(at: .now + Self.pace)
    return answers
  }
}
