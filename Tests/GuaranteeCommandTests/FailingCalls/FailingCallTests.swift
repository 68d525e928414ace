import Foundation
import TestSupport
import Testing

@Suite("Each call of libpq failing in turn", .heavy)
struct FailingCallTests {
  /// `FAULT_TESTS=long swift test --filter FailingCallTests` has every call fail, else so many of each command's.
  private static let most =
    ProcessInfo.processInfo.environment["FAULT_TESTS"] == "long" ? Int.max : 20

  /// A command, and what is asked afterwards to see what it did.
  private struct Command {
    let arguments: [String]
    var input: String?
    /// The key of the event that it records: to say that it is done when it is not would be a lie.
    var key: String?
  }

  private static let commands = [
    // With a day, since without one the same command says something else after midnight.
    Command(
      arguments: ["office", "register", "--key=K-1", "--on=2026-01-05", "--office=NORTH-1", "--zone=Z"],
      key: "K-1"),
    Command(
      arguments: ["record", "-"],
      input: "key,on,event,office,zone\nK-2,2026-01-05,register_office,NORTH-2,Z\n",
      key: "K-2"),
    Command(
      arguments: ["record", "--each", "-"],
      input: "key,on,event,office,zone\nK-3,2026-01-05,register_office,NORTH-3,Z\n", key: "K-3"),
    Command(arguments: ["report", "balances", "-O", "csv"]), Command(arguments: ["follow", "--until-end"]),
    Command(arguments: ["export", "pack"]), Command(arguments: ["status"]), Command(arguments: ["migrate"]),
    Command(arguments: ["bank", "match"]),
  ]

  @Test("No crash, no hang, the right exit code, and no half of anything", .timeLimit(.minutes(20)))
  func everyCall() async throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/cc") else {
      throw NotInstalled(program: "gcc")
    }
    let folder = try TemporaryFolder()
    let library = try Self.library(in: folder)
    try await withLedger(StartingLedger.decided) { program in
      var counts = (calls: 0, failed: 0, names: Set<String>())
      for command in Self.commands {
        let (_, all) = try Self.run(command, program, library, failingAt: 0)
        let calls = try #require(Int(all), "\(command.arguments): \(all)")
        counts.calls += calls
        let step = max(1, calls / Self.most)
        for number in stride(from: Int.random(in: 1...step), through: calls, by: step) {
          let (run, name) = try Self.run(command, program, library, failingAt: number)
          counts.failed += 1
          counts.names.insert(name)
          let what = "\(command.arguments) at call \(number), \(name): \(run.exitCode) \(run.errors)"
          #expect([0, 1, 64, 69, 70, 77].contains(run.exitCode), "\(what)")
          #expect(run.exitCode == 0 || run.errors.hasPrefix("guarantee: "), "\(what)")
          if let key = command.key, run.exitCode == 0 {
            #expect(try program.run(["find", key, "-O", "csv"]).output.contains(key), "\(what)")
          }
        }
      }
      print(
        "FailingCallTests: \(counts.failed) of \(counts.calls) calls failed, of \(counts.names.count) kinds")
      #expect(counts.names.count > 12)
      // What may have been recorded was, once and whole.
      for command in Self.commands where command.key != nil {
        #expect(try program.run(command.arguments, input: command.input).exitCode == 0)
      }
      #expect(try program.output("check", "-O", "csv").split(separator: "\n").count == 1)
    }
  }

  /// - Returns: The run, and what the library noted: the call that failed, or how many there were.
  private static func run(
    _ command: Command, _ program: BuiltProgram, _ library: String, failingAt number: Int
  ) throws -> (BuiltProgram.Run, String) {
    let folder = try TemporaryFolder()
    var program = program
    program.environment.merge(
      ["LD_PRELOAD": library, "FAIL_AT": String(number), "FAIL_LOG": folder.file("log")]
    ) { $1 }
    let arguments = command.arguments.map { $0 == "pack" ? folder.file("pack") : $0 }
    let run = try program.run(arguments, input: command.input)
    // A pack is there whole or not at all.
    let name = (try? folder.read("log")) ?? ""
    if folder.contents.contains("pack") {
      let proof = try BuiltProgram().run(["verify", folder.file("pack")])
      #expect(proof.exitCode == 0, "\(name): \(run.exitCode) \(run.errors) \(proof.output)")
    }
    return (run, name)
  }

  private static func library(in folder: TemporaryFolder) throws -> String {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("failing_calls.c").path
    let path = folder.file("failing_calls.so")
    let said = try BuiltProgram().shell(
      "cc -shared -fPIC -w $(pkg-config --cflags libpq) '\(source)' -o '\(path)' -ldl 2>&1")
    try #require(said == "", "\(said)")
    return path
  }
}
