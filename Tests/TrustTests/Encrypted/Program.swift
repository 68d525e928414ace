import Foundation
import TestSupport

/// The program as it was built, with a ledger and nothing else of its own in the environment.
enum Program {
  struct Run {
    let output: String
    let errors: String
    let exitCode: Int32
  }

  private static func process(_ url: String, _ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("guarantee")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .filter { !$0.key.hasPrefix("GUARANTEE_") && !$0.key.hasPrefix("PG") }
      .merging(["GUARANTEE_DATABASE_URL": url, "XDG_CONFIG_HOME": "/nowhere", "HOME": "/nowhere"]) { $1 }
    return process
  }

  /// Starts it with nobody who reads what it says.
  static func start(_ url: String, _ arguments: [String]) throws -> Process {
    let process = process(url, arguments)
    (process.standardInput, process.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  static func run(_ url: String, _ arguments: [String], input: String = "") async throws -> Run {
    try await blocking {
      let process = process(url, arguments)
      let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
      (process.standardInput, process.standardOutput, process.standardError) = (standardInput, output, errors)
      try process.run()
      standardInput.fileHandleForWriting.write(Data(input.utf8))
      try standardInput.fileHandleForWriting.close()
      let said = output.fileHandleForReading.readDataToEndOfFile()
      let complained = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return Run(
        output: String(decoding: said, as: UTF8.self), errors: String(decoding: complained, as: UTF8.self),
        exitCode: process.terminationStatus)
    }
  }
}
