import GuaranteeLedger

/// The built program's memory for reports with many rows.
enum LongReports {
  static func measure(_ bench: Bench) async throws {
    let program = try BuiltProgram.guarantee
    try await bench.server.withLedger { connectionString in
      let ledger = try await Ledger.open(connectionString)
      try await ledger.record(Array(bench.workload.indices), of: bench.workload)
      await ledger.close()
      for report in [
        ["statement", "--account", "\(Workload.office(0)):bank:CNY"], ["balances", "--zero"], ["deadlines"],
        ["deadlines", "-O", "table"],
      ] {
        let run = try program.run(
          ["report"] + report + ["--database", connectionString], watchesMemory: true)
        bench.report(
          Figure(
            "\(report.joined(separator: " ")), peak memory", .memory(bytes: run.peakBytes),
            goal: MemoryGoal.program))
      }
    }
  }
}
