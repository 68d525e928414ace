import GuaranteeLedger

/// One event, one call, one commit, again and again on one connection.
enum SingleEvents {
  static func measure(_ bench: Bench) async throws {
    let pgbench = try await bench.pgbench()
    try await bench.server.settle()
    let transaction = try await pgbench.run(clients: 1, seconds: bench.plan.pgbenchSeconds).latencies.median
    let event = try await latency(bench)
    bench.report(
      Figure(
        "one event at a time, median latency", event,
        against: ("pgbench TPC-B, 1 client, median", .time(transaction)), goal: .ratioAtMost(1.5)))
  }

  private static func latency(_ bench: Bench) async throws -> Quantity {
    let workload = Workload(events: Workload.registers.count + bench.plan.singleEvents)
    return try await bench.server.withLedger { connectionString in
      let ledger = try await Ledger.open(connectionString)
      try await ledger.record(Array(0..<workload.registerCount), of: workload)
      try await bench.server.settle()
      let clock = ContinuousClock()
      var latencies: [Duration] = []
      for event in workload[workload.registerCount...] {
        let start = clock.now
        let results = try await ledger.record([event])
        latencies.append(clock.now - start)
        for result in results { try result.requireRecorded() }
      }
      await ledger.close()
      return .time(latencies.median)
    }
  }
}
