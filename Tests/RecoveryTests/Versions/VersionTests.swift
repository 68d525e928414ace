import Foundation
import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

/// A version of PostgreSQL with its programs: those that `.ci/servers` brings, and the one that is installed.
struct ServerVersion: Sendable, CustomStringConvertible {
  let major: Int
  /// In front of `PATH`, by which the program finds its server's programs.
  let programs: String?

  var description: String { "PostgreSQL \(major)" }

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..").standardized.path

  /// Those from 14 to 18 that are there beside the installed one.
  static let others = (14...18).compactMap { major -> ServerVersion? in
    let programs = "\(root)/.build/servers/\(major)/bin"
    return FileManager.default.isExecutableFile(atPath: programs + "/postgres") && everybodyMayEnter(programs)
      ? ServerVersion(major: major, programs: programs) : nil
  }

  /// Whether the server's own user comes there: root doesn't run it.
  private static func everybodyMayEnter(_ path: String) -> Bool {
    if geteuid() != 0 { return true }
    var folder = URL(fileURLWithPath: path)
    while folder.path != "/" {
      let mode = try? FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int
      guard let mode, mode & 0o001 != 0 else { return false }
      folder.deleteLastPathComponent()
    }
    return true
  }

  /// The program with a private ledger on a server of this version.
  func program(in folder: String, user: String? = nil) -> Program {
    var environment = ["GUARANTEE_DATA_DIR": folder, "GUARANTEE_DATABASE_URL": ""]
    if let programs {
      environment["PATH"] = programs + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
    }
    if let user {
      environment["GUARANTEE_DATABASE_URL"] = "host=\(folder)/cluster dbname=guarantee user=\(user)"
    }
    return Program.guarantee(environment)
  }
}

@Suite("Every version of PostgreSQL from 14 to 18", .heavy)
struct VersionTests {
  @Test("Those of them that are not here are said")
  func present() {
    let missing = Set([14, 16, 17, 18]).subtracting(ServerVersion.others.map(\.major)).sorted()
    if !missing.isEmpty { print("PostgreSQL \(missing) not tried: .ci/servers brings them") }
  }

  /// What doesn't say at what time it was recorded.
  private static func told(by program: Program) async throws -> [String: String] {
    try await ToldLedger.reports(of: program).filter { name, _ in
      [
        "balances", "trial-balance", "exposure", "disputes", "lots", "deadlines", "ageing", "movements",
        "segregation",
      ]
      .contains(name) || name.hasPrefix("pack/rules/")
    }
  }

  @Test(
    "A ledger says the same, keeps people apart, and moves there and back by its backup",
    arguments: ServerVersion.others)
  func version(_ version: ServerVersion) async throws {
    try await TemporaryServer.shared.withDatabase(template: ToldLedger.examples) { url in
      try await TemporaryServer.shared.withDatabase { empty in
        let folder = try TemporaryFolder()
        let program = version.program(in: folder.file("its"))
        let moved = version.program(in: folder.file("moved"))
        do {
          try await program.record("stories/examples.csv")
          let status = try await program.mustRun("status", "-O", "json")
          #expect(status.contains("\"server_version\":\"\(version.major)."))
          let wanted = try await Self.told(by: .ledger(url))
          #expect(try await Self.told(by: program) == wanted)
          #expect(try await program.run(["check"]).exitCode == 0)
          try await people(version, program, folder.file("its"))
          // From it to the installed version, by whichever pg_restore can read it, and from that to it unless it is older.
          try await program.mustRun("backup", folder.file("its.backup"))
          var restoring = program
          restoring.environment["GUARANTEE_DATABASE_URL"] = empty
          try await restoring.mustRun("restore", folder.file("its.backup"))
          #expect(try await ToldLedger.reports(of: .ledger(empty)) == ToldLedger.reports(of: program))
          if version.major > 15 {
            try await Program.ledger(url).mustRun("backup", folder.file("ours.backup"))
            try await moved.mustRun("restore", folder.file("ours.backup"))
            #expect(try await ToldLedger.reports(of: moved) == ToldLedger.reports(of: .ledger(url)))
          }
          print(
            "\(status.firstRange(of: "\"server_version\"").map { status[$0.lowerBound...].prefix(26) } ?? "")"
          )
        } catch {
          await stop(program, moved)
          throw error
        }
        await stop(program, moved)
      }
    }
  }

  private func stop(_ programs: Program...) async {
    for program in programs { _ = try? await program.run(["stop"]) }
  }

  /// A clerk proposes and another approves, each sees their own office alone, and nobody has a table.
  private func people(_ version: ServerVersion, _ owner: Program, _ folder: String) async throws {
    try await owner.mustRun(
      "office", "register", "--office", "DALIAN", "--zone", "Z", "--key", "dalian", "--on", "2026-01-05")
    for (name, role, office) in [
      ("anna", "clerk", "QINGDAO"), ("boris", "approver", "QINGDAO"), ("dora", "clerk", "DALIAN"),
    ] {
      try await owner.mustRun("user", "add", name, "--role", role, "--office", office)
    }
    let (anna, boris) = (
      version.program(in: folder, user: "anna"), version.program(in: folder, user: "boris")
    )
    let dora = version.program(in: folder, user: "dora")
    let money = ["--office", "QINGDAO", "--guarantor", "BANK-QD", "--currency", "CNY", "--on", "2026-10-30"]
    let balances = try await anna.mustRun("report", "balances", "-O", "csv")
    #expect(balances.contains("QINGDAO:bank:CNY"))
    #expect(try await dora.mustRun("report", "balances", "-O", "csv").split(separator: "\n").count == 1)
    let guarantor = balances.split(separator: "\n").first { $0.contains(":guarantor_funds:") }?.split(
      separator: ",", omittingEmptySubsequences: false)[4]
    let of = money.map { $0 == "BANK-QD" ? String(guarantor ?? "") : $0 }
    let refund = try await anna.run(["funds", "refund", "--key", "refund", "--amount", "1.00"] + of)
    #expect((refund.output + refund.errors).contains("refund,pending,"), "\(refund)")
    let elsewhere = try await dora.run(["funds", "refund", "--key", "other", "--amount", "1.00"] + of)
    #expect(elsewhere.exitCode == 77)
    #expect(try await anna.run(["approve", "refund"]).exitCode != 0)
    #expect(try await boris.run(["approve", "refund"]).exitCode == 0)
    #expect(try await owner.run(["check"]).exitCode == 0)
    let connection = try await PostgresConnection.connect(
      to: "host=\(folder)/cluster dbname=guarantee user=anna")
    for table in ["event", "entry", "account", "pending"] {
      await #expect(throws: PostgresError.self) {
        try await connection.query("select * from guarantee.\(table)")
      }
    }
    await connection.close()
  }
}
