import FoundationEssentials
import PrivatePostgres

/// A private server in a folder where there was none, until it takes connections.
enum FirstStart {
  static func measure(_ bench: Bench) async throws {
    var (library, program, alone): ([Duration], [Duration], [Duration]) = ([], [], [])
    for _ in 0..<bench.plan.setUps {
      alone.append(try await inFolder(bench) { try runAlone(bench.server.programs, in: $0) })
      library.append(try await inFolder(bench) { try await startPrivateServer(in: $0) })
      program.append(try await inFolder(bench) { try runProgram(in: $0) })
    }
    let reference = (name: "initdb and pg_ctl start", value: Quantity.time(alone.median))
    bench.report(
      Figure(
        "first start of a private server", .time(library.median), against: reference,
        goal: .overReference(atMost: .seconds(1))))
    bench.report(
      Figure("first report in a new data directory", .time(program.median), against: reference))
  }

  private static func inFolder(_ bench: Bench, _ body: (String) async throws -> Duration) async throws
    -> Duration
  {
    let folder = bench.server.folder + "/first"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await bench.server.settle()
    return try await body(folder)
  }

  private static func startPrivateServer(in folder: String) async throws -> Duration {
    let server = PrivateServer(dataDirectory: folder)
    let duration = try await ContinuousClock().measure { _ = try await server.start() }
    _ = try await server.stop()
    return duration
  }

  /// The same by the program, which also makes the ledger's tables, functions and rules.
  private static func runProgram(in folder: String) throws -> Duration {
    let program = try BuiltProgram.guarantee
    let duration = try program.run(["report", "trial-balance", "-O", "csv", "--data-dir", folder]).duration
    _ = try program.run(["stop", "--data-dir", folder])
    return duration
  }

  private static func runAlone(_ programs: PostgresPrograms, in folder: String) throws -> Duration {
    programs.handOver(folder)
    let cluster = folder + "/cluster"
    let settings = "-c listen_addresses='' -c unix_socket_directories=."
    let made = try programs.initdb.run(["-D", cluster])
    let started = try programs.pgCtl.run(["start", "-D", cluster, "-o", settings, "-l", folder + "/log"])
    _ = try programs.pgCtl.run(["stop", "-D", cluster, "-m", "fast"])
    return made.duration + started.duration
  }
}
