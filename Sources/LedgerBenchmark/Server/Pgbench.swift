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

  /// Transactions a second with so many clients.
  func transactionRate(clients: Int, seconds: Int) async throws -> Quantity {
    let run = try program.run(
      ["--client=\(clients)", "--jobs=\(min(clients, 2))", "--time=\(seconds)", database], output: .kept)
    guard let line = run.output.split(separator: "\n").first(where: { $0.hasPrefix("tps = ") }),
      let rate = line.split(separator: " ").dropFirst(2).first.flatMap({ Double($0) })
    else { throw BenchmarkError("pgbench gave no rate:\n\(run.output)") }
    return .rate(rate, of: "tx")
  }

  /// How long a transaction takes with one client: the median.
  func latency(seconds: Int) async throws -> Quantity {
    let logs = folder + "/pgbench"
    try FileManager.default.createDirectory(atPath: logs, withIntermediateDirectories: true)
    _ = try program.run([
      "--client=1", "--time=\(seconds)", "--log", "--log-prefix=\(logs)/log", database,
    ])
    var latencies: [Duration] = []
    for log in try FileManager.default.contentsOfDirectory(atPath: logs) {
      let text = try String(contentsOfFile: "\(logs)/\(log)", encoding: .utf8)
      // Client, number, microseconds, script, and the time of day.
      latencies += text.split(separator: "\n").compactMap { line in
        line.split(separator: " ").dropFirst(2).first.flatMap { Int64($0) }.map { .microseconds($0) }
      }
    }
    try FileManager.default.removeItem(atPath: logs)
    return .time(latencies.median)
  }
}
