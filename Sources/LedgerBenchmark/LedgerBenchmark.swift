import ArgumentParser

/// Measures the ledger beside what anybody has at hand, in one run on one machine.
@main
struct LedgerBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "LedgerBenchmark", subcommands: [Measure.self, Worker.self], defaultSubcommand: Measure.self)
}

/// Runs the measurements that are named, or all.
struct Measure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures the ledger against pgbench, COPY, psql and initdb on the same machine.",
    discussion: """
      Each line has a figure, the reference measured in the same run on the same private server, the ratio of \
      the two, and the goal. Both move with the machine: compare ratios, and let nothing else run meanwhile.

      Needs PostgreSQL's programs, psql and pgbench among them, and about 3 GB under TMPDIR (else /var/tmp) on \
      a disk that keeps what is synced; 'scale' with ten million entries needs 25 GB, and an hour to make them.

      Measurements: \(MeasurementName.allCases.map { "\($0.rawValue) (\($0.meaning))" }.joined(separator: "; ")).

      Example: swift run -c release LedgerBenchmark --quick batches single
      """)

  @Option(help: "How many events to record.") var events = 200_000
  @Flag(help: "Shorter and rougher: 20,000 events unless --events says otherwise, less repetition.")
  var quick = false
  @Option(help: "How many entries the large ledger of 'scale' has (default: 1,000,000; quick: 200,000).")
  var entries: Int?
  @Option(
    help: ArgumentHelp(
      "A folder where the server with the ledgers of 'scale' is kept, and found by the next run.",
      valueName: "folder"))
  var keep: String?
  @Argument(help: ArgumentHelp("What to measure (default: everything).", valueName: "names"))
  var names: [MeasurementName] = []

  func validate() throws {
    if events < 1 { throw ValidationError("--events needs a number above 0.") }
    if let entries, entries <= Scale.smallEntryCount {
      throw ValidationError("--entries needs a number above \(Scale.smallEntryCount).")
    }
  }

  func run() async throws {
    let plan = BenchmarkPlan(
      events: quick ? min(events, 20_000) : events, entries: entries ?? (quick ? 200_000 : 1_000_000),
      isQuick: quick)
    let chosen = names.isEmpty ? MeasurementName.allCases : names
    try await Interruption.cancelling {
      try await BenchmarkServer.running(keeping: keep) { server in
        let table = FigureTable()
        let bench = Bench(plan: plan, server: server, table: table)
        table.begin()
        for name in chosen { try await name.measure(bench) }
      }
    }
  }
}
