/// The built program from its start to its end, with a query in between.
enum StartUp {
  static func measure(_ bench: Bench) async throws {
    let server = bench.server
    let program = try BuiltProgram.guarantee
    let data = ["--data-dir", server.dataDirectory]
    // Makes the ledger in the server's own database, with a little in it.
    _ = try program.run(["office", "register", "--office", "A", "--zone", "A-FTZ"] + data)

    let report = ["report", "trial-balance", "-O", "csv"] + data
    let select = ["-X", "-c", "select 1", server.connectionString]
    let installed = ExternalProgram(path: "psql")
    var (reports, wrapped, plain): ([Duration], [Duration], [Duration]) = ([], [], [])
    for _ in 0..<bench.plan.starts {
      reports.append(try program.run(report).duration)
      wrapped.append(try installed.run(select).duration)
      plain.append(try server.programs.psql.run(select).duration)
    }
    let name = "guarantee report trial-balance -O csv"
    bench.report(
      Figure(
        name, .time(reports.median), against: ("psql -c 'select 1'", .time(wrapped.median)),
        goal: .lessThanReference))
    bench.report(
      Figure(name, .time(reports.median), against: ("the same without a wrapper", .time(plain.median))))
  }
}
