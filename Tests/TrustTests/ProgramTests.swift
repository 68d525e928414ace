import Foundation
import GuaranteeLedger
import TestSupport
import Testing

@Suite("People with the program")
struct ProgramTests {
  /// Runs the program as it was built.
  private func run(
    _ url: String, _ arguments: [String], input: String = "", _ variables: [String: String] = [:]
  ) async throws -> Program.Run {
    let environment = ["GUARANTEE_DATABASE_URL": url].merging(variables) { $1 }
    return try await Program.guarantee(environment).run(arguments, input: input)
  }

  @Test("From the first member to the approved event, each as their own login")
  func story() async throws {
    try await Office.with { office in
      let (anna, boris) = (office.login("anna"), office.login("boris"))
      for arguments in [[anna, "--role", "clerk"], [boris, "--role", "approver"]] {
        let added = try await run(office.url, ["user", "add"] + arguments + ["--office", "QINGDAO"])
        #expect(added.exitCode == 0 && added.errors == "", "\(added.errors)")
      }
      let list = try await run(office.url, ["user", "list", "-O", "csv"])
      #expect(
        list.output.hasPrefix("login,role,office,given_at,given_by,taken_at,taken_by\n\(anna),clerk,QINGDAO,")
      )
      let refund = [
        "funds", "refund", "--key", "P", "--office", "QINGDAO", "--guarantor", "BANK", "--amount", "5",
        "--currency", "CNY",
      ]
      let owners = try await run(office.url, refund)
      #expect(
        owners.exitCode == 77 && owners.errors.contains("postgres may not record refund_funds at QINGDAO"))
      let proposed = try await run(office.url(of: "anna"), refund + ["-O", "csv"])
      #expect(
        proposed.exitCode == 0 && proposed.output == "key,result,message\nP,pending,\n", "\(proposed.errors)")
      let waiting = try await run(office.url(of: "boris"), ["pending", "-O", "csv"])
      #expect(waiting.output.contains("\nP,QINGDAO,") && waiting.output.contains(",\(anna),"))
      let todo = try await run(office.url(of: "boris"), ["todo", "-O", "csv"])
      #expect(todo.output.contains(",refund_funds,P,guarantee approve P\n"), "\(todo.errors)")
      #expect(
        try await run(office.url(of: "anna"), ["approve", "P"]).exitCode == 77, "a clerk is no approver")
      let approved = try await run(office.url(of: "boris"), ["approve", "P", "-O", "csv"])
      #expect(
        approved.exitCode == 0 && approved.output == "key,result,message\nP,recorded,\n", "\(approved.errors)"
      )
      let none = try await run(office.url(of: "boris"), ["refuse", "P", "--reason", "late"])
      #expect(none.exitCode == 1 && none.errors.contains("Nothing waits"))
      #expect(try await run(office.url(of: "boris"), refund).exitCode == 77, "an approver is no clerk")
      let own = try await run(office.url(of: "anna"), ["user", "list", "-O", "csv"])
      #expect(own.output.contains("\n\(anna),clerk,") && !own.output.contains(boris), "\(own.errors)")
      let made = try await run(
        office.url(of: "anna"), ["user", "add", anna, "--role", "approver", "--office", "QINGDAO"])
      #expect(made.exitCode == 77)
      #expect(try await run(office.url(of: "anna"), ["check"]).exitCode == 77)
      let trial = try await run(office.url(of: "anna"), ["report", "trial-balance", "-O", "csv"])
      #expect(trial.output.contains("QINGDAO,bank") && !trial.output.contains("HARBIN"), "\(trial.errors)")
      #expect(try await run(office.url, ["user", "remove", anna]).exitCode == 0)
      #expect(try await run(office.url(of: "anna"), ["pending"]).exitCode == 69, "its login is disabled")
      #expect(try await run(office.url, ["check"]).exitCode == 0)
    }
  }

  @Test("An auditor of all offices writes a pack that verifies, and a wrong command line is said to be one")
  func auditor() async throws {
    try await Office.with { office in
      let dora = office.login("dora")
      #expect(
        try await run(office.url, ["user", "add", dora, "--role", "auditor", "--all-offices"]).exitCode == 0)
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("trust-\(UUID().uuidString)")
        .path
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let url = office.url(of: "dora")
      let exported = try await run(url, ["export", folder])
      #expect(exported.exitCode == 0, "\(exported.errors)")
      #expect(try await run(url, ["verify", folder]).exitCode == 0)
      #expect(try await run(url, ["check"]).exitCode == 0)
      #expect(try await run(url, ["follow", "--until-end"]).output.split(separator: "\n").count == 10)
      for wrong in [[], ["--office", "QINGDAO", "--all-offices"], ["--role", "king", "--all-offices"]] {
        #expect(try await run(office.url, ["user", "add", "x", "--role", "clerk"] + wrong).exitCode == 64)
      }
      let nowhere = try await run(
        office.url, ["user", "add", dora, "--role", "clerk", "--office", "NOWHERE"])
      #expect(nowhere.exitCode == 64 && nowhere.errors.contains("There is no office NOWHERE"))
    }
  }

  @Test("A password is sent as its verifier alone: the server's log never has it", .heavy)
  func password() async throws {
    let server = try await TemporaryServer(settings: ["log_statement = all", "log_parameter_max_length = -1"])
    let file = server.folder + "/data/pg_hba.conf"
    try "local all postgres trust\nlocal all all scram-sha-256\n".write(
      toFile: file, atomically: false, encoding: .utf8)
    try await server.run("select pg_reload_conf()")
    try await server.withDatabase(template: Office.empty) { url in
      let secret = "Geheim 秘密 4711"
      let added = try await run(
        url, ["user", "add", "anna", "--role", "clerk", "--all-offices", "--password-stdin"],
        input: secret + "\n")
      #expect(added.exitCode == 0 && !added.errors.contains(secret), "\(added.errors)")
      let hers = url.replacing("user=postgres", with: "user=anna")
      let balances = ["report", "balances", "-O", "csv"]
      let right = try await run(hers, balances, ["PGPASSWORD": secret])
      #expect(right.exitCode == 0 && right.output.contains("QINGDAO:bank:CNY"), "\(right.errors)")
      for variables in [["PGPASSWORD": "wrong"], [:]] {
        #expect(try await run(hers, balances, variables).exitCode == 69)
      }
    }
    let log = try FileManager.default.contentsOfDirectory(atPath: server.folder + "/data")
      .filter { $0.hasPrefix("log") }.map {
        try String(contentsOfFile: server.folder + "/data/" + $0, encoding: .utf8)
      }
    #expect(log.joined().contains("add_member") && !log.joined().contains("4711"))
  }
}

extension ProgramTests {
  private func run(_ url: String, _ arguments: [String], _ variables: [String: String]) async throws
    -> Program.Run
  {
    try await run(url, arguments, input: "", variables)
  }
}
