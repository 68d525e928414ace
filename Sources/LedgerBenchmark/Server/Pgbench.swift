import FoundationEssentials

/// PostgreSQL's own benchmark, TPC-B at scale 10, in a database of its own on the same server.
struct Pgbench {
  private let program: ExternalProgram
  private let database: String
  private let folder: String

  init(_ server: BenchmarkServer) async throws {
    program = server.programs.pgbench
    folder = server.folder
    database = try await server.makeDatabase("pgbench")
    _ = try program.run(["--initialize", "--quiet", "--scale=10", database])
  }

  /// What so many clients came to.
  struct Run: Sendable {
    let clients: Int
    let rate: Quantity
    /// How long each transaction took.
    let latencies: [Duration]
  }

  /// Runs transactions one after the other with each client.
  func run(clients: Int, seconds: Int) async throws -> Run {
    let logs = folder + "/pgbench"
    try FileManager.default.createDirectory(atPath: logs, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: logs) }
    let run = try program.run(
      [
        "--client=\(clients)", "--jobs=\(min(clients, 2))", "--time=\(seconds)", "--log",
        "--log-prefix=\(logs)/log", database,
      ], output: .kept)
    guard let line = run.output.split(separator: "\n").first(where: { $0.hasPrefix("tps = ") }),
      let rate = line.split(separator: " ").dropFirst(2).first.flatMap({ Double($0) })
    else { throw BenchmarkError("pgbench gave no rate:\n\(run.output)") }
    return Run(clients: clients, rate: .rate(rate, of: "tx"), latencies: try latencies(in: logs))
  }

  private func latencies(in logs: String) throws -> [Duration] {
    try FileManager.default.contentsOfDirectory(atPath: logs).flatMap { log in
      // Client, number, microseconds, script, and the time of day.
      try String(contentsOfFile: "\(logs)/\(log)", encoding: .utf8).split(separator: "\n").compactMap {
        line in
        line.split(separator: " ").dropFirst(2).first.flatMap { Int64($0) }.map { .microseconds($0) }
      }
    }
  }
}
