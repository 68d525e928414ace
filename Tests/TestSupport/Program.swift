import Foundation

/// A program that a test runs, with what it said and how it ended.
package struct Program: Sendable {
  package let path: String
  package var environment: [String: String]
  package var folder: String?

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
  /// - Parameter started: gets the number of its process while it runs.
  package func run(
    _ arguments: [String], started: @Sendable (Int32) -> Void = { _ in }
  ) async throws -> Run {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.standardInput = FileHandle.nullDevice
    // Files, since a full pipe would stop the program.
    let files = try ["output", "errors"].map { name in
      let file = FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID().uuidString)")
      try Data().write(to: file)
      return file
    }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
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
      output: try String(contentsOf: files[0], encoding: .utf8),
      errors: try String(contentsOf: files[1], encoding: .utf8), exitCode: exitCode)
  }
}
