import FoundationEssentials
import Glibc

/// A run of a program that others keep, in a session of its own and with all that it starts, until its end.
package enum ProgramRun {
  /// - Parameters:
  ///   - program: Looked up in `PATH` when it has no slash.
  ///   - environment: What it gets besides this program's environment.
  ///   - patience: How long it may take; then it is ended, as it is when the task is cancelled.
  /// - Returns: Whether it came to a good end; `nil` when there is no such program.
  /// - Throws: `PrivateServerError` when it can't be waited for.
  package static func succeeds(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], patience: Duration
  ) async throws(PrivateServerError) -> Bool? {
    var whole = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // It may hold a password.
    whole["GUARANTEE_DATABASE_URL"] = nil
    let null = unsafe open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(null) }
    guard
      let child = try? ChildProcess(
        ChildProcess.Command(program: program, arguments: arguments, environment: whole), output: null)
    else { return nil }
    return try await child.finish(program, patience: patience) == .exit(0)
  }
}
