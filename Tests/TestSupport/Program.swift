package import Foundation

/// A program that a test runs, with what it said and how it ended.
package struct Program: Sendable {
  package let path: String
  package var environment: [String: String]
  package var folder: String?

  /// A shell in a folder that is its home as well, in which the ledger's program as it was built has its name alone.
  package static func shell(in folder: TemporaryFolder, _ environment: [String: String] = [:]) -> Program {
    let programs = URL(fileURLWithPath: guarantee().path).deletingLastPathComponent().path
    let usual = ["HOME": folder.path, "PATH": programs + ":/usr/bin:/bin"]
    return Program(path: "/bin/bash", environment: usual.merging(environment) { $1 }, folder: folder.path)
  }

  package struct Run: Sendable {
    package let output: String
    package let errors: String
    package let exitCode: Int32
  }

  package init(path: String, environment: [String: String] = [:], folder: String? = nil) {
    self.path = path
    self.environment = environment
    self.folder = folder
  }

  /// The ledger's program as it was built, beside the test program.
  package static func guarantee(_ environment: [String: String] = [:]) -> Program {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    return Program(path: folder.appendingPathComponent("guarantee").path, environment: environment)
  }

  /// Runs the program without holding a thread meanwhile.
  ///
  /// - Parameters:
  ///   - input: what it reads.
  ///   - started: gets the number of its process while it runs.
  package func run(
    _ arguments: [String], input: String = "", started: @Sendable (Int32) -> Void = { _ in }
  ) async throws -> Run {
    let process = process(arguments)
    // Files, since a full pipe would stop the program.
    let folder = try TemporaryFolder()
    let (output, errors) = (try folder.write("", to: "output"), try folder.write("", to: "errors"))
    process.standardInput = FileHandle(forReadingAtPath: try folder.write(input, to: "input"))
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    let exitCode: Int32 = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
        started(process.processIdentifier)
      } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
    return Run(
      output: try folder.read("output"), errors: try folder.read("errors"), exitCode: exitCode)
  }

  /// Starts the program with nobody who reads what it says.
  package func start(_ arguments: [String]) throws -> Process {
    let process = process(arguments)
    (process.standardInput, process.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// With nothing in its environment that is about another ledger.
  private func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .filter { !$0.key.hasPrefix("GUARANTEE_") && !$0.key.hasPrefix("PG") }.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    return process
  }
}
