import Foundation
import Glibc
import PostgresClient
import ReferenceLedger
import Synchronization
import TestSupport
import Testing

@Suite("Backing up and restoring, killed", .heavy)
struct KilledBackupTests {
  /// Runs the program and kills it once a condition holds.
  ///
  /// - Returns: Whether it was still running.
  private static func kill(
    _ program: Program, _ arguments: [String], when condition: @escaping @Sendable () async throws -> Bool
  ) async throws -> Bool {
    let process = Mutex<Int32>(0)
    let run = Task { try await program.run(arguments) { number in process.withLock { $0 = number } } }
    let isDone = Atomic<Bool>(false)
    let watch = Task {
      _ = await run.result
      isDone.store(true, ordering: .relaxed)
    }
    try await until { if isDone.load(ordering: .relaxed) { true } else { try await condition() } }
    let number = process.withLock { $0 }
    if number > 0, !isDone.load(ordering: .relaxed) { Glibc.kill(number, SIGKILL) }
    await watch.value
    return try await run.value.exitCode == SIGKILL
  }

  @Test("A backup that is cut short is no file of that name, and the next one takes away what it left")
  func backup() async throws {
    try await TemporaryServer.shared.withDatabase(template: ToldLedger.examples) { url in
      let folder = try TemporaryFolder()
      let proofs = try TemporaryFolder()
      let program = Program.guarantee(["GUARANTEE_DATABASE_URL": url, "TMPDIR": proofs.path])
      // While it writes, and while it proves what it wrote.
      let moments: [@Sendable () -> Bool] = [
        { folder.contents.contains { $0.hasPrefix("one.partial") } },
        {
          proofs.contents.contains {
            FileManager.default.fileExists(atPath: proofs.file("\($0)/server/cluster"))
          }
        },
      ]
      for moment in moments {
        #expect(try await Self.kill(program, ["backup", folder.file("one")], when: moment))
        #expect(folder.contents.allSatisfy { $0.hasPrefix("one.partial-") } && !folder.contents.isEmpty)
        for name in folder.contents { try FileManager.default.removeItem(atPath: folder.file(name)) }
      }
      #expect(proofs.contents != [])
      try await program.mustRun("backup", folder.file("one"))
      #expect(folder.contents == ["one"])
      #expect(proofs.contents == [])
    }
  }

  @Test(
    "A restore that is cut short has restored nothing, and can be done again, which takes away what it left")
  func restore() async throws {
    try await TemporaryServer.shared.withDatabase(template: ToldLedger.examples) { url in
      let folder = try TemporaryFolder()
      let packs = try TemporaryFolder()
      try await Program.ledger(url).mustRun("backup", folder.file("one"))
      for locks in [5, 60] {
        try await TemporaryServer.shared.withDatabase { empty in
          // The more it has made, the more it has locked.
          let observer = try await PostgresConnection.connect(to: empty)
          let isRestoring = """
            select count(*) > \(locks) from pg_locks where mode = 'AccessExclusiveLock' and pid <> pg_backend_pid()
               and database = (select oid from pg_database where datname = current_database())
            """
          let program = Program.guarantee(["GUARANTEE_DATABASE_URL": empty, "TMPDIR": packs.path])
          let wasKilled = try await Self.kill(program, ["restore", folder.file("one")]) {
            try await observer.query(isRestoring).value == "t"
          }
          #expect(wasKilled && packs.contents.count == 1)
          try await until {
            try await observer.query(
              "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            ).value == "0"
          }
          #expect(try await ToldLedger.isEmpty(empty))
          try await program.mustRun("restore", folder.file("one"))
          #expect(packs.contents == [])
          #expect(try await Program.ledger(empty).run(["check"]).exitCode == 0)
          await observer.close()
        }
      }
    }
  }
}
