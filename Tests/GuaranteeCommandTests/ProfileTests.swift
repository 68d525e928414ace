import Foundation
import TestSupport
import Testing

@testable import GuaranteeCommand

@Suite("Profiles")
struct ProfileTests {
  private func program(_ folder: TemporaryFolder, _ more: [String: String] = [:]) -> BuiltProgram {
    BuiltProgram(environment: ["XDG_CONFIG_HOME": folder.path, "HOME": folder.path].merging(more) { $1 })
  }

  @Test("A profile is a ledger by name, the first of them the default, and status says what chose it")
  func named() async throws {
    try await withLedger(StartingLedger.decided) { ledger in
      let folder = try TemporaryFolder()
      let url = try #require(ledger.environment["GUARANTEE_DATABASE_URL"])
      let program = program(folder)
      _ = try program.output("profile", "add", "qingdao", "--database", url, "--office", "QINGDAO")
      _ = try program.output("profile", "add", "other", "--data-dir", "/nowhere")
      let status = try program.output("status", "-O", "csv").split(separator: "\n")
      #expect(status.last?.hasSuffix(",default profile qingdao") == true)
      let named = try program.output("status", "--profile", "qingdao", "-O", "csv").split(separator: "\n")
      #expect(named.last?.hasSuffix(",--profile qingdao") == true)
      let disputes = try program.output("report", "disputes")
      #expect(disputes.contains("QD-2025-0101"))
      let variable = self.program(folder, ["GUARANTEE_PROFILE": "qingdao", "GUARANTEE_DATA_DIR": "/nowhere"])
      #expect(try variable.output("report", "disputes") == disputes)
      let list = try program.output("profile", "list", "-O", "csv")
      #expect(
        list == """
          profile,default,database,data_directory,office
          other,false,,/nowhere,
          qingdao,true,\(url.contains(",") ? "\"\(url)\"" : url),,QINGDAO

          """)
      // The work list is that of the profile's office.
      _ = try program.output("profile", "add", "nowhere", "--database", url, "--office", "NOWHERE")
      let todo = try program.output("todo", "-O", "csv")
      #expect(todo.contains("payable_right_holder"))
      let nowhere = try program.run(["--profile", "nowhere", "todo", "-O", "csv"])
      #expect(nowhere.exitCode == 0 && nowhere.errors.isEmpty)
      #expect(!nowhere.output.contains("payable_right_holder"))
      // An office that isn't there yet is no mistake, but may be one.
      let told = try program.run(["--profile", "nowhere", "todo", "-O", "table"])
      #expect(told.exitCode == 0 && told.errors.contains("'NOWHERE', which the profile is for"))
    }
  }

  @Test("The default can be changed and removed")
  func changed() throws {
    let folder = try TemporaryFolder()
    let program = program(folder)
    for name in ["a", "b"] { _ = try program.output("profile", "add", name, "--data-dir", "/\(name)") }
    _ = try program.output("profile", "use", "b")
    #expect(try program.output("profile", "list", "-O", "csv").contains("b,true,,/b,"))
    _ = try program.output("profile", "remove", "b")
    let list = try program.output("profile", "list", "-O", "csv")
    #expect(list.hasSuffix("\na,false,,/a,\n"))
    let run = try program.run(["profile", "use", "b"])
    #expect(run.exitCode == 64 && run.errors.contains("There is no profile 'b'"))
  }

  @Test("What can't be a profile is said, and no password is kept")
  func wrong() throws {
    let folder = try TemporaryFolder()
    let program = program(folder)
    let secret = try program.run(["profile", "add", "x", "--database", "postgresql://u:hunter2@h/d"])
    #expect(secret.exitCode == 64 && !secret.errors.contains("hunter2"))
    #expect(try program.run(["profile", "add", "x"]).exitCode == 64)
    let missing = try program.run(["report", "lots", "--profile", "qingdoa"])
    #expect(missing.exitCode == 64 && missing.errors.contains("There is no profile 'qingdoa'"))
    let both = try program.run(["report", "lots", "--profile", "x", "--data-dir", "/d"])
    #expect(both.exitCode == 64 && both.errors.contains("Give either --profile or the ledger itself"))
    #expect(folder.contents == [])
    try FileManager.default.createDirectory(
      atPath: folder.file("guarantee"), withIntermediateDirectories: true)
    _ = try folder.write("{", to: "guarantee/profiles.json")
    let broken = try program.run(["profile", "list"])
    #expect(broken.exitCode == 64 && broken.errors.contains("can't be read"))
  }
}
