import Foundation
import ReferenceLedger
import TestSupport
import Testing

extension Tag {
  /// Takes minutes.
  @Tag static var slow: Self
}

@Suite("New rules, built into the program", .heavy)
struct RebuiltProgramTests {
  @Test(
    "Added rows and a build are all it takes: the program records, reports, checks and has the commands",
    .tags(.slow))
  func rebuilt() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "new-rules-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try copyPackage(to: folder)
    let program = Program(
      path: try await PackageBuild.program("guarantee", in: folder),
      environment: ["GUARANTEE_DATA_DIR": "\(folder)/data"])
    do {
      try await tell(program, in: folder)
      _ = try await program.run(["stop"])
    } catch {
      _ = try await program.run(["stop"])
      throw error
    }
  }

  /// Sources, tests and rules as they are, with the new rows.
  private func copyPackage(to folder: String) throws {
    let package = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
    let files = FileManager.default
    for name in ["Package.swift", "Sources", "Tests", "sql"] {
      try files.copyItem(atPath: "\(package)/\(name)", toPath: "\(folder)/\(name)")
    }
    for name in NewRules.rows.keys {
      let path = "\(folder)/sql/rules/\(name).csv"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try NewRules.adding(NewRules.rows, to: text, of: name).write(
        toFile: path, atomically: true, encoding: .utf8)
    }
  }

  private func tell(_ program: Program, in folder: String) async throws {
    try await expectResults(program, in: folder)
    try await expectReports(program)
    let help = try await program.run(["dispute", "deposit-bond", "--help"])
    #expect(
      help.exitCode == 0 && help.output.contains("--amount")
        && help.output.contains("The consignor pays the bond"))
    let promised = try await program.run(
      [
        "dispute", "promise-bond", "--on", "2025-03-13", "--dispute", "E", "--amount", "7.00", "--bond-kind",
        "personal",
        "--bond-number", "甲-2",
      ])
    #expect(promised.exitCode == 0, "\(promised.errors)")
    let suspended = try await program.run(["dispute", "suspend", "--on", "2025-03-13", "--dispute", "D"])
    #expect(suspended.exitCode == 1)
    #expect(suspended.errors.contains("closed") || suspended.output.contains("illegal_transition"))
    let check = try await program.run(["check", "-O", "csv"])
    #expect(check.exitCode == 0, "\(check.output)\(check.errors)")
  }

  private func expectResults(_ program: Program, in folder: String) async throws {
    let events = BondStory.events.map(\.fields)
    let columns = Set(events.flatMap(\.keys)).sorted()
    let lines =
      [CSVTable.line(columns)] + events.map { event in CSVTable.line(columns.map { event[$0] ?? "" }) }
    let file = "\(folder)/events.csv"
    try (lines.joined(separator: "\n") + "\n").write(toFile: file, atomically: true, encoding: .utf8)
    let recorded = try await program.run(["record", "--each", "-O", "csv", file])
    #expect(recorded.exitCode == 1, "\(recorded.errors)")
    let results = CSVTable(recorded.output).records
    #expect(results.map { $0["key"] } == events.map { $0["key"] })
    #expect(results.map { $0["result"] } == BondStory.events.map(\.result))
  }

  private func expectReports(_ program: Program) async throws {
    let balances = CSVTable(try await program.run(["report", "balances", "-O", "csv"]).output).records
    let moved = balances.filter { row in
      ["bond", "treasury", "undertaking"].contains { row["role"]?.contains($0) == true }
    }
    #expect(
      moved.map { [$0["role"] ?? "", $0["dispute"] ?? "", $0["balance"] ?? ""] }.sorted { $0[0] < $1[0] }
        == BondStory.balances)
    let deadlines = CSVTable(try await program.run(["report", "deadlines", "-O", "csv"]).output).records
    #expect(
      deadlines.filter { $0["basis"]?.hasPrefix("Bond Rules") == true }
        .map { [$0["dispute"] ?? "", $0["deadline"] ?? "", $0["due_on"] ?? ""] } == BondStory.deadlines)
  }
}
