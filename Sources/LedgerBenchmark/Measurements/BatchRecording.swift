import GuaranteeLedger

/// The workload through the library in batches, on one connection and on two.
enum BatchRecording {
  static let batchSize = 1_000

  static func measure(_ bench: Bench) async throws {
    let reference = (name: "pgbench TPC-B at its best", value: try await bench.bestTransactionRate())
    let goal = Goal.ratioAtLeast(5, aim: 8)
    bench.report(
      Figure(
        "recording in batches, one connection", try await bench.recordingRate(), against: reference,
        goal: goal))
    let rate = try await rate(of: bench.workload, connections: 2, bench.server)
    bench.report(
      Figure("recording in batches, two connections", rate, against: reference, goal: goal))
  }

  /// Records the registers on one connection, then disputes on all of them at once, offices split between them.
  static func rate(
    of workload: Workload, connections: Int, _ server: BenchmarkServer
  ) async throws -> Quantity {
    try await server.withLedger { connectionString in
      let duration = try await record(workload, connections: connections, in: connectionString) {
        try await server.settle()
      }
      return .rate(workload.count, of: "events", in: duration)
    }
  }

  /// Records all of the workload.
  ///
  /// - Parameter settle: called when everything is ready, right before the first event.
  /// - Returns: how long it took.
  @discardableResult
  static func record(
    _ workload: Workload, connections: Int, in connectionString: String, settle: () async throws -> Void = {}
  ) async throws -> Duration {
    let disputes = workload.registerCount..<workload.count
    let shares = (0..<connections).map { share in
      connections == 1 ? Array(disputes) : disputes.filter { workload.office(at: $0) % connections == share }
    }
    var ledgers: [Ledger] = []
    for _ in shares { ledgers.append(try await Ledger.open(connectionString)) }
    try await settle()
    let duration = try await ContinuousClock().measure {
      try await ledgers[0].record(Array(0..<workload.registerCount), of: workload)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (ledger, share) in zip(ledgers, shares) {
          group.addTask { try await ledger.record(share, of: workload) }
        }
        try await group.waitForAll()
      }
    }
    for ledger in ledgers { await ledger.close() }
    return duration
  }
}

extension Ledger {
  /// Records the events at the positions in batches; each is made while the database works on the one before.
  func record(_ positions: [Int], of workload: Workload) async throws {
    var next = 0
    func take() -> [Event] {
      let chosen = positions[next..<min(next + BatchRecording.batchSize, positions.count)]
      next += chosen.count
      return chosen.map { workload[$0] }
    }
    var following = take()
    while !following.isEmpty {
      let batch = following
      async let results = record(batch)
      following = take()
      for result in try await results { try result.requireRecorded() }
    }
  }
}

extension RecordResult {
  /// - Throws: `BenchmarkError` unless the event was recorded.
  func requireRecorded() throws {
    guard code == "recorded" else {
      throw BenchmarkError("The event \(key) was to be recorded, but: \(refusal?.message ?? code)")
    }
  }
}
