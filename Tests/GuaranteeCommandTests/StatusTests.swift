import Foundation
import TestSupport
import Testing

@Suite("Status, migrate and stop")
struct StatusTests {
  private func status(_ program: BuiltProgram) throws -> [String: Any] {
    let data = Data(try program.output("status", "-O", "json").utf8)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("A private ledger is set up on demand, found again, stopped, and started anew")
  func privateLedger() async throws {
    let folder = try TemporaryFolder()
    let program = BuiltProgram(environment: ["GUARANTEE_DATA_DIR": folder.file("books")])
    defer { _ = try? program.run(["stop"]) }
    let before = try status(program)
    #expect(before["running"] as? Bool == false && before["database"] is NSNull)
    #expect(folder.contents.isEmpty)
    let recorded = try program.output("record", "-", input: offices([("K-1", "A")]))
    #expect(recorded == "key,result,message\nK-1,recorded,\n")
    let after = try status(program)
    #expect(after["running"] as? Bool == true && after["server"] as? String == "private")
    #expect(after["data_directory"] as? String == folder.file("books"))
    let database = try #require(after["database"] as? String)
    let value = try program.shell("psql -XAt -d '\(database)' -c 'select count(*) from guarantee.event'")
    #expect(value == "1\n")
    #expect(try program.output("stop", "-O", "table") == "The private server has stopped.\n")
    #expect(try program.output("stop", "-O", "table") == "No private server was running.\n")
    #expect(try program.output("record", "-", input: offices([("K-1", "A")])).contains("replayed"))
  }

  @Test("Who only looks makes no ledger where a restore was cut short, and status makes none at all")
  func lookingMakesNothing() throws {
    let folder = try TemporaryFolder()
    let program = BuiltProgram(environment: ["GUARANTEE_DATA_DIR": folder.file("books")])
    defer { _ = try? program.run(["stop"]) }
    let looks = [
      ["status"], ["report", "balances"], ["todo"], ["check"], ["follow", "--until-end"], ["doctor"],
    ]
    for look in [["status"], ["doctor"]] { try expectNothing(look, program, folder) }
    #expect(folder.contents.isEmpty)
    // What such a restore leaves: a server, and a database with nothing in it.
    _ = try program.output("migrate")
    let database = try #require(try status(program)["database"] as? String)
    let emptied = try program.runShell(
      "psql -Xq -d '\(database)' -c 'drop schema guarantee, guarantee_api, guarantee_desk cascade'")
    #expect(emptied.exitCode == 0, "\(emptied.errors)")
    for look in looks { try expectNothing(look, program, folder) }
    #expect(try status(program)["schema_version"] is NSNull)
    #expect(try program.output("record", "-", input: offices([("K-1", "A")])).contains("recorded"))
    _ = try program.output("report", "balances")
    #expect(try program.run(["status"]).errors.isEmpty)
  }

  /// Looks, and is told that there is no ledger.
  private func expectNothing(_ look: [String], _ program: BuiltProgram, _ folder: TemporaryFolder) throws {
    let run = try program.run(look)
    switch look[0] {
    case "doctor":
      #expect(run.exitCode == 0 && run.output.contains("There is no ledger yet"), "\(run.output)")
    case let command:
      #expect(run.exitCode == (command == "status" ? 0 : 69), "\(look): \(run.output)\(run.errors)")
      #expect(
        run.errors.contains("There is no ledger in \(folder.file("books")) yet"), "\(look): \(run.errors)")
    }
  }

  @Test("A foreign database that holds no ledger is told what to do, and can be migrated")
  func foreign() async throws {
    try await TemporaryServer.shared.withDatabase { url in
      let program = BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": url])
      let early = try program.run(["report", "balances"])
      #expect(early.exitCode == 69)
      #expect(
        early.errors
          == "guarantee: This database holds no ledger yet: run 'guarantee migrate' to make one in it.\n")
      #expect(try status(program)["schema_version"] is NSNull)
      #expect(try program.output("migrate", "-O", "table").isEmpty == false)
      #expect(try program.output("migrate", "-O", "table") == "Everything was up to date.\n")
      let after = try status(program)
      #expect(after["schema_version"] is String && after["server"] as? String == "foreign")
      #expect(after["database"] as? String == url)
      #expect(try program.output("status", "-O", "csv").contains(",foreign,true,"))
      let stop = try program.run(["stop"])
      #expect(stop.exitCode == 64)
    }
  }

  @Test("A server that does not answer is exit code 69")
  func unreachable() throws {
    let run = try BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": "host=/nowhere dbname=x"]).run([
      "check"
    ])
    #expect(run.exitCode == 69 && run.output.isEmpty)
    #expect(run.errors.hasPrefix("guarantee: ") && run.errors.split(separator: "\n").count == 1)
  }

  @Test("A login that may not read the ledger is exit code 77")
  func notPermitted() async throws {
    try await withLedger { program in
      let url = try #require(program.environment["GUARANTEE_DATABASE_URL"])
      let role = "stranger_\(UUID().uuidString.prefix(8).lowercased())"
      _ = try program.shell("psql -Xq -d '\(url)' -c 'create role \(role) login'")
      defer { _ = try? program.shell("psql -Xq -d '\(url)' -c 'drop role \(role)'") }
      let stranger = BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": "\(url) user=\(role)"])
      for command in [
        ["report", "balances"], ["office", "register", "--office", "A", "--zone", "Z"], ["migrate"],
      ] {
        let run = try stranger.run(command)
        #expect(run.exitCode == 77 && run.errors.hasPrefix("guarantee: "), "\(command): \(run.errors)")
      }
    }
  }

  @Test("A data directory that cannot be made is told with what to do")
  func unwritable() throws {
    let run = try BuiltProgram(environment: ["GUARANTEE_DATA_DIR": "/proc/books"]).run(["check"])
    #expect([69, 77].contains(run.exitCode) && run.output.isEmpty)
    #expect(run.errors.hasPrefix("guarantee: ") && run.errors.split(separator: "\n").count == 1)
  }

  @Test(
    "A password in the environment is printed nowhere", arguments: ["status", "check", "migrate", "stop"])
  func password(_ command: String) throws {
    for url in [
      "postgresql://u:hunter2@localhost:1/x", "host=/nowhere password=hunter2", "postgresql//u:hunter2@h",
    ] {
      let run = try BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": url]).run([command])
      #expect(run.exitCode != 0 && !(run.output + run.errors).contains("hunter2"))
    }
  }
}
