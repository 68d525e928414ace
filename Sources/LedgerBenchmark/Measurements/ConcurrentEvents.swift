import GuaranteeLedger
import Synchronization

/// Tasks that each record the events of their disputes one by one, all at once: what a service does.
enum ConcurrentEvents {
  static let taskCount = 64

  static func measure(_ bench: Bench) async throws {
    let pgbench = try await bench.bestTransactions()
    let name = "pgbench TPC-B, \(pgbench.clients) clients"
    let spread = try await run(bench)
    bench.report(
      Figure(
        "events of \(taskCount) tasks, each one by one", spread.rate, against: (name, pgbench.rate),
        goal: .ratioAtLeast(3, aim: 5)))
    bench.report(
      Figure(
        "  their latency, median", .time(spread.latencies.median),
        against: (name, .time(pgbench.latencies.median))))
    bench.report(
      Figure(
        "  their latency, 99th percentile", .time(spread.latencies.percentile99),
        against: (name, .time(pgbench.latencies.percentile99))))
    let hot = try await run(bench, hotGuarantor: 0)
    bench.report(
      Figure(
        "the same with one guarantor in all", hot.rate, against: ("its own for each", spread.rate),
        goal: .ratioAtLeast(0.9)))
    try await RecordingProcesses.measure(bench)
  }

  /// What many tasks came to.
  struct Run: Sendable {
    let rate: Quantity
    let latencies: [Duration]
  }

  private static func run(_ bench: Bench, hotGuarantor: Int? = nil) async throws -> Run {
    try await bench.server.withLedger { connectionString in
      let ledger = try await Ledger.open(connectionString)
      let workload = Workload(events: Workload.registers.count)
      try await ledger.record(Array(0..<workload.registerCount), of: workload)
      let share = TaskShare(
        tasks: 0..<taskCount, of: taskCount, disputesForEach: bench.plan.disputesForEachTask,
        hotGuarantor: hotGuarantor)
      try await share.warmUp(ledger)
      try await bench.server.settle()
      let clock = ContinuousClock()
      let start = clock.now
      let latencies = try await share.record(in: ledger)
      let duration = clock.now - start
      await ledger.close()
      return Run(rate: .rate(latencies.count, of: "events", in: duration), latencies: latencies)
    }
  }
}

/// Some of the tasks that record at once, with the disputes of each.
struct TaskShare: Sendable {
  private let courses: [[Event]]
  /// Events of each task that are recorded beforehand, so that not all are at the same point of a dispute.
  private let leads: [Int]

  init(tasks: Range<Int>, of taskCount: Int, disputesForEach: Int, hotGuarantor: Int? = nil) {
    courses = tasks.map { task in
      (0..<disputesForEach).flatMap { Workload.life(of: $0 * taskCount + task, hotGuarantor: hotGuarantor) }
    }
    leads = tasks.map { $0 % DisputeLife.days.count }
  }

  /// Records what comes before the measured events.
  func warmUp(_ ledger: Ledger) async throws {
    let first = zip(courses, leads).flatMap { $0.prefix($1) }
    for result in try await ledger.record(Array(first)) { try result.requireRecorded() }
  }

  /// Records the rest, every task one event after the other.
  /// - Returns: how long each event took.
  func record(in ledger: Ledger) async throws -> [Duration] {
    try await withThrowingTaskGroup(of: [Duration].self) { group in
      for (course, lead) in zip(courses, leads) {
        group.addTask {
          let clock = ContinuousClock()
          var latencies: [Duration] = []
          for event in course.dropFirst(lead) {
            let start = clock.now
            let results = try await ledger.record([event])
            latencies.append(clock.now - start)
            for result in results { try result.requireRecorded() }
          }
          return latencies
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }
}
