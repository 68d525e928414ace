import FoundationEssentials
import TestSupport

/// Runs a line of shell, which has to end well.
func shell(_ line: String) async throws {
  guard try await exitCode(of: line) == 0 else { throw ShellFailed(line: line) }
}

/// Whether there is a program of that name to run.
func hasProgram(_ name: String) async -> Bool { (try? await exitCode(of: "command -v \(name)")) == 0 }

private struct ShellFailed: Error {
  let line: String
}

private func exitCode(of line: String) async throws -> Int32 {
  let child = try ChildProcess(["/bin/sh", "-c", line], environment: ProcessInfo.processInfo.environment)
  return try await blocking { child.exitCode() }
}
