import Foundation
import GuaranteeLedger
import TestSupport
import Testing

@Suite("What the program says while one server takes the place of another", .heavy)
struct ServerChangeTests {
  private func program(_ database: String, patience: Int) -> BuiltProgram {
    BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": database, "GUARANTEE_PATIENCE": "\(patience)"])
  }

  private static let office = ["office", "register", "--office", "A", "--zone", "Z"]

  @Test(
    "When no server takes changes, it says so, and that the command can be run again",
    arguments: [["status"], ["report", "trial-balance"], office])
  func nobody(command: [String]) throws {
    let run = try program("host=/nowhere,/elsewhere dbname=x", patience: 1).run(command)
    #expect(run.exitCode == 69 && run.output.isEmpty)
    #expect(
      run.errors.hasPrefix(
        "guarantee: No server of this ledger takes changes at the moment, and nothing was recorded. When one has "
          + "failed, another takes over, mostly within a minute: run the same command again then. "))
    #expect(run.errors.contains("/nowhere") && run.errors.contains("/elsewhere"))
    #expect(run.errors.split(separator: "\n").count == 1)
  }

  @Test("A command that is given meanwhile waits for the one that takes over")
  func patience() async throws {
    let pair = try await StandbyPair { try await Self.makeLedger(on: $0) }
    pair.primary.kill()
    let target = pair.connectionString(database: "ledger") + " application_name=waiting"
    let program = program(target, patience: 600)
    async let run = blocking { try program.run(Self.office) }
    // It has asked at least once.
    try await until {
      let log = try String(contentsOfFile: pair.standby.folder + "/data/log", encoding: .utf8)
      return log.contains("application_name=waiting")
    }
    try await pair.promote()
    let told = try await run
    #expect(told.exitCode == 0, "\(told.errors)")
  }

  @Test(
    "When the outcome is open, the command to be run again is said with the key that it had, and settles it")
  func unknown() async throws {
    let pair = try await StandbyPair { try await Self.makeLedger(on: $0) }
    let target = pair.connectionString(database: "ledger")
    pair.standby.freeze()
    let run = try await blocking { try program(target, patience: 3).run(Self.office) }
    #expect(run.exitCode == 69 && run.output.isEmpty)
    let said = try #require(
      run.errors.firstMatch(of: #/Run the same command again with (--key \S+ --on \S+): /#), "\(run.errors)")
    pair.standby.thaw()
    let again = Self.office + said.1.split(separator: " ").map(String.init)
    let settled = try await blocking { try program(target, patience: 600).run(again) }
    #expect(settled.exitCode == 0)
    #expect(settled.output.hasSuffix(",replayed,\n"))
  }

  @Test("A file whose outcome is open is to be recorded again, which changes nothing if it was")
  func file() async throws {
    let pair = try await StandbyPair { try await Self.makeLedger(on: $0) }
    let target = pair.connectionString(database: "ledger")
    pair.standby.freeze()
    let input = "key,on,event,office,zone\nK-1,2026-01-05,register_office,A,Z\n"
    let run = try await blocking { try program(target, patience: 3).run(["record", "-"], input: input) }
    #expect(run.exitCode == 69 && run.output.isEmpty)
    #expect(run.errors.hasSuffix(" Record the same file again: what is there already is replayed.\n"))
    pair.standby.thaw()
    let settled = try await blocking {
      try program(target, patience: 600).run(["record", "-"], input: input)
    }
    #expect(settled.exitCode == 0)
    #expect(settled.output == "key,result,message\nK-1,replayed,\n")
  }

  @Test("How long to wait is a number of seconds", arguments: ["soon", "0", "1.5"])
  func mistake(text: String) throws {
    let run = try BuiltProgram(environment: [
      "GUARANTEE_DATABASE_URL": "host=/nowhere dbname=x", "GUARANTEE_PATIENCE": text,
    ]).run(["check"])
    #expect(run.exitCode == 64)
    #expect(
      run.errors
        == "guarantee: GUARANTEE_PATIENCE says how many seconds to wait for the database, such as 30.\n")
  }

  private static func makeLedger(on server: TemporaryServer) async throws {
    try await server.run("alter system set log_connections = on")
    try await server.run("select pg_reload_conf()")
    try await server.run("create database ledger")
    await (try Ledger.open(server.connectionString(database: "ledger"), migrating: true)).close()
  }
}
