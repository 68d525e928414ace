import GuaranteeLedger
import LedgerSQL
import PostgresClient
import TestSupport
import Testing

@Suite("Ledgers of older programs", .heavy)
struct UpgradeTests {
  @Test(
    "Each is brought up with all that was recorded, and becomes what it would have been",
    arguments: OldLedger.all)
  func upgrade(_ old: OldLedger) async throws {
    try await old.with(on: TemporaryServer.shared) { url, model in
      let program = Program.ledger(url)
      let report = try await program.run(["report", "balances"])
      #expect(report.exitCode == 69 && report.errors.contains("run 'guarantee migrate' to bring it up"))
      let steps = try await program.mustRun("migrate", "-O", "csv").split(separator: "\n").map(String.init)
      let ran = LedgerSQL.migrations[old.count...].map { "ran migration \($0.name)" }
      #expect(steps == ["done"] + ran + ["rebuilt functions and views", "loaded the rules"])
      #expect(try await old.contents(of: url) == old.contents(of: model))
      #expect(try await program.run(["check"]).exitCode == 0)
      #expect(try await program.mustRun("migrate", "-O", "csv") == "done\n")
      // It goes on as if it had never been another.
      let next = [
        "office", "register", "--office", "SHENZHEN", "--zone", "Z", "--key", "next", "--on", "2026-01-05",
      ]
      #expect(try await program.run(next).exitCode == 0)
      #expect(try await program.run(["check"]).exitCode == 0)
    }
  }

  @Test("What is compared can differ: a ledger that was changed under an old program is not its model")
  func control() async throws {
    try await OldLedger(count: 4).with(on: TemporaryServer.shared) { url, model in
      let connection = try await PostgresConnection.connect(to: url)
      try await connection.execute(
        """
        set session_replication_role = replica;
        update guarantee.event set recorded_by = 'somebody' where office = 'QINGDAO' and sequence = 3
        """)
      await connection.close()
      let old = OldLedger(count: 4)
      try await Program.ledger(url).mustRun("migrate")
      #expect(try await old.contents(of: url) != old.contents(of: model))
    }
  }

  @Test("Two programs at once bring it up once, and both go on")
  func together() async throws {
    let old = OldLedger(count: 3)
    try await old.with(on: TemporaryServer.shared) { url, model in
      let outputs = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<2 { group.addTask { try await Program.ledger(url).mustRun("migrate", "-O", "csv") } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(outputs.contains("done\n") && outputs.contains { $0.contains("ran migration") })
      #expect(try await old.contents(of: url) == old.contents(of: model))
      #expect(try await Program.ledger(url).run(["check"]).exitCode == 0)
    }
  }

  @Test(
    "An older program leaves a newer ledger alone and says so, whatever it is asked",
    arguments: [
      ["report", "balances"], ["migrate"], ["check"], ["backup", "/nonexistent/file"],
      ["export", "/nonexistent/folder"],
      ["office", "register", "--office", "X", "--zone", "Z", "--key", "x", "--on", "2026-01-05"],
    ])
  func newer(_ arguments: [String]) async throws {
    try await TemporaryServer.shared.withDatabase(template: ToldLedger.examples) { url in
      let connection = try await PostgresConnection.connect(to: url)
      try await connection.execute(
        "insert into guarantee.migration (name, checksum) values ('9999-later', 'x')")
      await connection.close()
      let before = try await everything(in: url)
      var arguments = arguments
      let folder = try TemporaryFolder()
      if let last = arguments.last, last.hasPrefix("/nonexistent") {
        arguments[arguments.count - 1] = folder.file("out")
      }
      let run = try await Program.ledger(url).run(arguments)
      #expect(run.exitCode == 69)
      #expect(
        run.errors
          == "guarantee: The database holds a newer ledger than this program knows (migration 9999-later): use a newer program.\n"
      )
      #expect(folder.contents == [])
      #expect(try await everything(in: url) == before)
    }
  }
}
