/// What a clerk waits for at the terminal, with a large ledger behind it.
enum Screens {
  private static let helpGoal = Goal.lessThan(.time(.milliseconds(20)))
  private static let disputeGoal = Goal.lessThan(.time(.milliseconds(60)))

  static func measure(_ bench: Bench) async throws {
    let large = try await GrownLedger.of(entries: bench.plan.entries, on: bench.server)
    let program = try BuiltProgram.guarantee
    let psql = bench.server.programs.psql
    let database = ["--database", large.connectionString]
    let dispute = ["dispute", "show", "D-" + Workload.padded(17, to: 7)] + database
    let screens: [(name: String, arguments: [String], goal: Goal?)] = [
      ("guarantee --help", ["--help"], helpGoal),
      ("guarantee --lang zh-Hans --help", ["--lang", "zh-Hans", "--help"], helpGoal),
      ("dispute show", dispute, disputeGoal),
      ("dispute show -O table", dispute + ["-O", "table"], disputeGoal),
      ("guarantor show", ["guarantor", "show", Workload.guarantor(7)] + database, nil),
      ("todo of an office", ["todo", "--office", Workload.office(3)] + database, nil),
    ]
    for screen in screens {
      var (own, reference): ([Duration], [Duration]) = ([], [])
      for _ in 0..<bench.plan.starts {
        own.append(try program.run(screen.arguments).duration)
        reference.append(try psql.run(["-X", "-c", "select 1", large.connectionString]).duration)
      }
      bench.report(
        Figure(
          screen.name, .time(own.median), against: ("psql -c 'select 1'", .time(reference.median)),
          goal: screen.goal))
    }
  }
}
