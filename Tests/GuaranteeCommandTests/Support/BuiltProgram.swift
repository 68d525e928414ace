import Foundation
import TestSupport

/// The program as it was built, run as a user runs it.
struct BuiltProgram {
  struct Run {
    let output: String
    let errors: String
    let exitCode: Int32
  }

  /// Beside the test program.
  static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appendingPathComponent("guarantee").path

  var path = BuiltProgram.path
  var environment: [String: String] = [:]

  /// Runs the program with nothing in its environment that names a ledger, a language or a terminal's size, apart from
  /// what was given.
  func run(_ arguments: [String], input: String? = nil) throws -> Run {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    var all = ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("GUARANTEE_") && !$0.key.hasPrefix("LC_")
        && !["COLUMNS", "LANG", "PAGER"].contains($0.key)
    }
    all.merge(environment) { $1 }
    process.environment = all
    let folder = try TemporaryFolder()
    let inputFile = try folder.write(input ?? "", to: "input")
    let outputs = ["output", "errors"].map { folder.file($0) }
    for path in outputs { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: inputFile))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputs[0]))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: outputs[1]))
    try process.run()
    process.waitUntilExit()
    return Run(
      output: try folder.read("output"), errors: try folder.read("errors"),
      exitCode: process.terminationStatus)
  }
}

extension BuiltProgram {
  /// What a line of shell says on standard output.
  func shell(_ line: String) throws -> String { try runShell(line).output }

  /// Runs a line of shell in which `guarantee` is the program.
  func runShell(_ line: String) throws -> Run {
    let folder = (path as NSString).deletingLastPathComponent
    return try BuiltProgram(path: "/bin/bash", environment: environment).run([
      "-c", "PATH='\(folder)':$PATH; \(line)",
    ])
  }
}
