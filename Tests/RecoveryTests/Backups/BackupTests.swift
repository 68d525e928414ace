import Foundation
import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import TestSupport
import Testing

@Suite("Backing a ledger up and restoring it", .heavy)
struct BackupTests {
  @Test(
    "A restored ledger gives the same bytes, in its reports and in its audit pack, and goes on from there")
  func same() async throws {
    try await TemporaryServer.shared.withDatabase(template: ToldLedger.examples) { url in
      try await TemporaryServer.shared.withDatabase { other in
        let folder = try TemporaryFolder()
        let (source, copy) = (Program.ledger(url), Program.ledger(other))
        try await source.mustRun("backup", folder.file("one"))
        #expect(folder.contents == ["one"])
        let mode = try FileManager.default.attributesOfItem(atPath: folder.file("one"))[.posixPermissions]
        #expect(mode as? Int == 0o600)
        try await copy.mustRun("restore", folder.file("one"))
        let wanted = try await ToldLedger.reports(of: source)
        #expect(wanted.count > 30 && wanted["journal"]?.contains("E-0") == true)
        #expect(try await ToldLedger.reports(of: copy) == wanted)
        #expect(try await copy.run(["check"]).exitCode == 0)
        let office = [
          "office", "register", "--office", "SHENZHEN", "--zone", "Z", "--key", "next", "--on", "2026-01-05",
        ]
        for program in [source, copy] { #expect(try await program.run(office).exitCode == 0) }
        // What is compared can differ: now it does, by the time at which each recorded the event.
        #expect(try await ToldLedger.reports(of: copy) != wanted)
        #expect(try await copy.run(["check"]).exitCode == 0)
      }
    }
  }

  @Test("A backup is of one moment, while others go on recording")
  func busy() async throws {
    try await TemporaryServer.shared.withDatabase(template: ToldLedger.examples) { url in
      try await TemporaryServer.shared.withDatabase { other in
        let folder = try TemporaryFolder()
        let ledger = try await Ledger.open(.patient(url))
        let heads = "select office || ' ' || encode(hash, 'hex') from guarantee.event order by 1"
        let recording = Task {
          var count = 0
          while !Task.isCancelled {
            let fields = ["office": "OFFICE-\(count)", "zone": "Z"]
            _ = try await ledger.record(
              (0..<20).map { number in
                var fields = fields
                fields["office"]? += "-\(number)"
                return Event(
                  key: "busy-\(count)-\(number)", on: "2026-01-05", name: "register_office", fields: fields)
              })
            count += 1
          }
          return count
        }
        try await Program.ledger(url).mustRun("backup", folder.file("one"))
        recording.cancel()
        _ = try? await recording.value
        await ledger.close()
        try await Program.ledger(other).mustRun("restore", folder.file("one"))
        let (all, some) = (try await Self.column(heads, of: url), try await Self.column(heads, of: other))
        #expect(some.count > 80 && all.count > some.count && Set(all).isSuperset(of: some))
        #expect(try await Program.ledger(other).run(["check"]).exitCode == 0)
      }
    }
  }

  @Test("What is in the way is left alone: a file with the name, a ledger in the place")
  func occupied() async throws {
    try await TemporaryServer.shared.withDatabase(template: ToldLedger.examples) { url in
      let folder = try TemporaryFolder()
      let program = Program.ledger(url)
      try Data("mine".utf8).write(to: URL(fileURLWithPath: folder.file("one")))
      let backup = try await program.run(["backup", folder.file("one")])
      #expect(backup.exitCode == 64 && backup.errors.contains("There is something at"))
      #expect(try String(contentsOfFile: folder.file("one"), encoding: .utf8) == "mine")
      try await program.mustRun("backup", folder.file("two"))
      let before = try await ToldLedger.reports(of: program)
      let restore = try await program.run(["restore", folder.file("two")])
      #expect(restore.exitCode == 64 && restore.errors.contains("There is a ledger already"))
      #expect(try await ToldLedger.reports(of: program) == before)
      try await program.mustRun("restore", "--dry-run", folder.file("two"))
      #expect(folder.contents == ["one", "two"])
    }
  }

  @Test("A ledger that does not fit together is not backed up")
  func unsound() async throws {
    try await TemporaryServer.shared.withDatabase(template: ToldLedger.examples) { url in
      let folder = try TemporaryFolder()
      let connection = try await PostgresConnection.connect(to: url)
      try await connection.execute(
        "update guarantee.account set balance = balance + 1 where account_id = (select min(account_id) from guarantee.account where balance > 0)"
      )
      await connection.close()
      let backup = try await Program.ledger(url).run(["backup", folder.file("one")])
      #expect(backup.exitCode == 1 && backup.errors.contains("does not fit together"), "\(backup.errors)")
      #expect(folder.contents == [])
    }
  }

  @Test("A private ledger is backed up and restored as any other")
  func privateServer() async throws {
    let folder = try TemporaryFolder()
    let source = Program.guarantee([
      "GUARANTEE_DATA_DIR": folder.file("source"), "GUARANTEE_DATABASE_URL": "",
    ])
    let copy = Program.guarantee(["GUARANTEE_DATA_DIR": folder.file("copy"), "GUARANTEE_DATABASE_URL": ""])
    let nothing = try await source.run(["backup", folder.file("one")])
    #expect(nothing.exitCode == 69 && nothing.errors.contains("There is no ledger in"))
    #expect(folder.contents == [])
    do {
      try await source.record("stories/examples.csv")
      try await source.mustRun("backup", folder.file("one"))
      try await copy.mustRun("restore", folder.file("one"))
      #expect(try await ToldLedger.reports(of: copy) == ToldLedger.reports(of: source))
      try await source.mustRun("stop")
      try await copy.mustRun("stop")
    } catch {
      _ = try? await source.run(["stop"])
      _ = try? await copy.run(["stop"])
      throw error
    }
  }

  private static func column(_ sql: String, of url: String) async throws -> [String] {
    let connection = try await PostgresConnection.connect(to: url)
    let rows = try await connection.query(sql).rows.compactMap { $0[0] }
    await connection.close()
    return rows
  }
}
