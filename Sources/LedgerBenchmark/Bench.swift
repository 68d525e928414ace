import GuaranteeLedger

/// What the measurements of one run share: the server, the table, and references that several of them need.
final class Bench {
  let plan: BenchmarkPlan
  let server: BenchmarkServer
  let workload: Workload
  private let table: FigureTable
  private var knownPgbench: Pgbench?
  private var knownBestRun: Pgbench.Run?
  private var knownRecordingRate: Quantity?

  init(plan: BenchmarkPlan, server: BenchmarkServer, table: FigureTable) {
    self.plan = plan
    self.server = server
    self.table = table
    workload = Workload(events: plan.events)
  }

  func report(_ figure: Figure) { table.print(figure) }

  /// pgbench with its tables made.
  func pgbench() async throws -> Pgbench {
    if let knownPgbench { return knownPgbench }
    let made = try await Pgbench(server)
    knownPgbench = made
    return made
  }

  /// TPC-B's transactions a second at the number of clients that suits this machine best.
  func bestTransactionRate() async throws -> Quantity { try await bestTransactions().rate }

  /// TPC-B at the number of clients that suits this machine best.
  func bestTransactions() async throws -> Pgbench.Run {
    if let knownBestRun { return knownBestRun }
    let pgbench = try await pgbench()
    var runs: [Pgbench.Run] = []
    for clients in [1, 4, 8, 16] {
      try await server.settle()
      let run = try await pgbench.run(clients: clients, seconds: plan.pgbenchSeconds)
      report(Figure("pgbench TPC-B, \(clients) client\(clients == 1 ? "" : "s")", run.rate))
      runs.append(run)
    }
    guard let best = runs.max(by: { $0.rate.magnitude < $1.rate.magnitude }) else {
      throw BenchmarkError("pgbench was not run.")
    }
    knownBestRun = best
    return best
  }

  /// The workload's events a second through the library in batches on one connection.
  func recordingRate() async throws -> Quantity {
    if let knownRecordingRate { return knownRecordingRate }
    let rate = try await BatchRecording.rate(of: workload, connections: 1, server)
    knownRecordingRate = rate
    return rate
  }
}
