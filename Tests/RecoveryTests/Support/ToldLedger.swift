import Foundation
import GuaranteeLedger
import LedgerSQL
import LedgerTestSupport
import PostgresClient
import TestSupport

/// Ledgers that tests back up, and what the program says of them.
enum ToldLedger {
  /// Holds the story that the examples in the help tell, and its bank's statement.
  static let examples = DatabaseTemplate(name: "recovery_examples") { url in
    let program = Program.guarantee(["GUARANTEE_DATABASE_URL": url])
    try await program.mustRun("migrate")
    try await program.record("stories/examples.csv")
  }

  /// What every report says of a ledger, and every file of its audit pack, by name.
  static func reports(of program: Program) async throws -> [String: String] {
    let ledger = try await Ledger.open(.patient(try await program.connectionString()))
    var texts: [String: String] = [:]
    for report in Report.allCases where ![.statement, .closing, .pending].contains(report) {
      var lines: [String] = []
      try await ledger.report(
        report, columns: { lines.append($0.map(\.name).joined(separator: ",")) },
        row: { lines.append($0.map { $0 ?? "" }.joined(separator: ",")) })
      texts[report.rawValue] = lines.joined(separator: "\n")
    }
    let folder = try TemporaryFolder()
    _ = try await ledger.export(to: folder.file("pack"))
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.file("pack")) {
      texts["pack/" + name] = try? String(contentsOfFile: folder.file("pack/" + name), encoding: .utf8)
    }
    await ledger.close()
    return texts
  }

  /// Whether there is anything of a ledger in a database.
  static func isEmpty(_ url: String) async throws -> Bool {
    let connection = try await PostgresConnection.connect(to: url)
    let count = try await connection.query(
      "select count(*) from pg_namespace where nspname like 'guarantee%'"
    ).value
    await connection.close()
    return count == "0"
  }
}

extension Program {
  /// A ledger in a database.
  static func ledger(_ url: String) -> Program { .guarantee(["GUARANTEE_DATABASE_URL": url]) }

  /// Where its ledger is; of a private one, as it says itself.
  fileprivate func connectionString() async throws -> String {
    if let url = environment["GUARANTEE_DATABASE_URL"], !url.isEmpty { return url }
    struct Status: Decodable { let database: String }
    return try JSONDecoder().decode(Status.self, from: Data(try await mustRun("status", "-O", "json").utf8))
      .database
  }

  /// Runs the program, which must end well, and gives its output.
  @discardableResult
  func mustRun(_ arguments: String...) async throws -> String {
    let run = try await run(arguments)
    guard run.exitCode == 0 else { throw Failed(arguments: arguments, errors: run.errors) }
    return run.output
  }

  struct Failed: Error {
    let arguments: [String]
    let errors: String
  }

  /// Records one of the stories that the program has with it, but for events of some kinds.
  func record(_ story: String, without names: Set<String> = []) async throws {
    let folder = try TemporaryFolder()
    let text = LedgerSQL.files.first { $0.path == story }?.text ?? ""
    let lines = text.split(separator: "\n").filter { line in
      !line.split(separator: ",", maxSplits: 3).dropFirst(2).prefix(1).contains { names.contains(String($0)) }
    }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(
      to: URL(fileURLWithPath: folder.file("story.csv")))
    try await mustRun("record", folder.file("story.csv"))
  }
}
