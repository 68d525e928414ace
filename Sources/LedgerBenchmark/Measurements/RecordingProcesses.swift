import ArgumentParser
import FoundationEssentials
import GuaranteeLedger

/// One process with many tasks against several with as many each, every process with a ledger of its own.
enum RecordingProcesses {
  static func measure(_ bench: Bench) async throws {
    let one = try await rate(bench, processes: 1)
    let four = try await rate(bench, processes: 4)
    bench.report(
      Figure(
        "4 processes with as many tasks each", four, against: ("1 process", one), goal: .ratioAtLeast(1)))
  }

  private static func rate(_ bench: Bench, processes: Int) async throws -> Quantity {
    try await bench.server.withLedger { connectionString in
      let ledger = try await Ledger.open(connectionString)
      let workload = Workload(events: Workload.registers.count)
      try await ledger.record(Array(0..<workload.registerCount), of: workload)
      await ledger.close()
      try await bench.server.settle()
      let start = Date.now.addingTimeInterval(2)
      let program = try BuiltProgram.benchmark
      let runs = try await withThrowingTaskGroup(of: WorkerReport.self) { group in
        for number in 0..<processes {
          let arguments = [
            "worker", "--database", connectionString, "--number", String(number), "--of", String(processes),
            "--disputes", String(bench.plan.disputesForEachTask),
            "--start", String(start.timeIntervalSince1970),
          ]
          group.addTask { try WorkerReport(await program.runInBackground(arguments)) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let longest = runs.map(\.duration).max() ?? .zero
      return .rate(runs.map(\.eventCount).reduce(0, +), of: "events", in: longest)
    }
  }
}

/// One process of several: records its share of the tasks, and says how long it took.
struct Worker: AsyncParsableCommand {
  static let configuration = CommandConfiguration(shouldDisplay: false)

  @Option var database: String
  @Option var number: Int
  @Option var of: Int
  @Option var disputes: Int
  /// When all begin, in seconds since 1970.
  @Option var start: Double

  func run() async throws {
    let size = ConcurrentEvents.taskCount
    let share = TaskShare(
      tasks: number * size..<(number + 1) * size, of: of * size, disputesForEach: disputes)
    let ledger = try await Ledger.open(database)
    try await share.warmUp(ledger)
    try await Task.sleep(for: .seconds(max(0, start - Date.now.timeIntervalSince1970)))
    let clock = ContinuousClock()
    let begin = clock.now
    let latencies = try await share.record(in: ledger)
    print(latencies.count, Int((clock.now - begin) / .microseconds(1)))
    await ledger.close()
  }
}

/// What a worker says.
private struct WorkerReport: Sendable {
  let eventCount: Int
  let duration: Duration

  init(_ run: ExternalProgram.Run) throws {
    let numbers = run.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    guard numbers.count == 2 else { throw BenchmarkError("A process gave no figures:\n\(run.output)") }
    (eventCount, duration) = (numbers[0], .microseconds(numbers[1]))
  }
}
