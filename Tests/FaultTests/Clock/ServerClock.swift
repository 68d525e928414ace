import Foundation
import TestSupport

/// The clock of a server, set while it runs: libfaketime reads a file whenever the server asks what time it is.
final class ServerClock: Sendable {
  /// Where Debian puts it.
  private static let library: String? = {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib")) ?? []
    return folders.map { "/usr/lib/\($0)/faketime/libfaketime.so.1" }
      .first { FileManager.default.fileExists(atPath: $0) }
  }()

  static var canBeSet: Bool { library != nil }

  private let file: URL

  init() throws {
    file = FileManager.default.temporaryDirectory.appendingPathComponent("clock-\(UUID().uuidString)")
    try set("+0")
  }

  deinit { try? FileManager.default.removeItem(at: file) }

  /// For the server.
  var environment: [String: String] {
    [
      "LD_PRELOAD": Self.library ?? "", "FAKETIME_TIMESTAMP_FILE": file.path, "FAKETIME_NO_CACHE": "1",
      "DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
    ]
  }

  /// - Parameter difference: from the right time, such as `-1d` or `+10y`.
  func set(_ difference: String) throws {
    let new = file.appendingPathExtension("new")
    try Data((difference + "\n").utf8).write(to: new)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: new.path)
    // At once, so that nobody reads half of it.
    guard rename(new.path, file.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}
