import Foundation
import TestSupport

/// Programs of the toolchain.
enum Tool {
  /// Runs a program and waits for it, without holding a thread that tasks share.
  static func run(
    _ program: String, _ arguments: [String]
  ) async throws -> (status: Int32, output: String) {
    try await blocking { try runHere(program, arguments) }
  }

  private static func runHere(
    _ program: String, _ arguments: [String]
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: Repository.root)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  /// What a compiler has to be told to find the modules of C that the library is built on.
  static func cModules() async throws -> [String] {
    let flags = try await run("pkg-config", ["--cflags", "libpq"]).output.split(
      whereSeparator: \.isWhitespace)
    return ["CLibPQ", "CExpat"].flatMap { ["-I", Repository.root + "/Sources/\($0)"] }
      + flags.map(String.init)
  }
}
