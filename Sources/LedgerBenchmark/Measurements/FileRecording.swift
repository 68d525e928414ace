import Glibc

/// The built program recording the workload from an event file.
enum FileRecording {
  static func measure(_ bench: Bench) async throws {
    let reference = (name: "pgbench TPC-B at its best", value: try await bench.bestTransactionRate())
    let program = try BuiltProgram.guarantee
    let file = bench.server.folder + "/workload.csv"
    try bench.workload.write(to: file)
    defer { unlink(file) }
    for mode in ["--atomic", "--each"] {
      try await bench.server.withLedger { connectionString in
        try await bench.server.settle()
        let run = try program.run(
          ["record", mode, file, "--database", connectionString], watchesMemory: true)
        let rate = Quantity.rate(bench.workload.count, of: "events", in: run.duration)
        bench.report(Figure("guarantee record \(mode)", rate, against: reference))
        bench.report(
          Figure(
            "guarantee record \(mode), peak memory", .memory(bytes: run.peakBytes),
            goal: MemoryGoal.program))
      }
    }
  }
}

enum MemoryGoal {
  /// The most that the program may use, whatever it records or reports.
  static let program = Goal.lessThan(.memory(bytes: 64_000_000))
}
