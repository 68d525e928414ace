import Foundation
import Glibc
import TestSupport

/// A run of the built `guarantee`.
final class ProgramRun: Sendable {
  /// Beside the test program.
  private static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appendingPathComponent("guarantee").path

  private let child: ChildProcess
  private let folder: URL

  /// Starts it.
  ///
  /// - Parameter input: what it reads from its standard input.
  init(_ arguments: [String], input: String = "", database: String) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let names = ["input", "output", "errors"].map(folder.appendingPathComponent)
    try Data(input.utf8).write(to: names[0])
    let all = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GUARANTEE_") }
      .merging(["GUARANTEE_DATABASE_URL": database]) { $1 }
    child = try ChildProcess(
      [Self.path] + arguments, environment: all, input: names[0].path, output: names[1].path,
      errors: names[2].path)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Ends it as it is.
  ///
  /// - Returns: Whether it was still there.
  @discardableResult
  func kill() -> Bool { child.signal(SIGKILL) }

  func signal(_ signal: Int32) { child.signal(signal) }

  /// Blocks until it has ended.
  func waited() -> ProgramRun {
    _ = child.exitCode()
    return self
  }

  /// How it ended; the number of the signal and 128 when one ended it. Blocks until it has.
  var exitCode: Int32 { child.exitCode() }

  var output: String { text("output") }
  var errors: String { text("errors") }

  /// What it said of each key, of those lines that are whole.
  var results: [String: String] {
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().dropLast()
    let cells = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    return Dictionary(cells.filter { $0.count > 1 }.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
  }

  private func text(_ name: String) -> String {
    (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
  }

  /// Whether it has a socket open, as one has that talks with a server.
  var hasSocket: Bool {
    let folder = "/proc/\(child.id)/fd"
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.contains {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)"))?.hasPrefix("socket:")
        == true
    }
  }
}
