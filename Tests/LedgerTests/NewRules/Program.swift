import Foundation

/// A program that a test runs, with what it said and how it ended.
struct Program: Sendable {
  let path: String
  var environment: [String: String] = [:]
  var folder: String?

  struct Run: Sendable {
    let output: String
    let errors: String
    let exitCode: Int32
  }

  /// Runs the program without holding a thread meanwhile.
  func run(_ arguments: [String]) async throws -> Run {
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
