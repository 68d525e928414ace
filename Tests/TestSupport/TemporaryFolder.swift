import Foundation

/// A folder of its own for a test, removed with the object.
package final class TemporaryFolder: Sendable {
  package let path: String

  /// - Parameter parent: where it is made; the system's place for temporary files unless it is said.
  package init(in parent: String = FileManager.default.temporaryDirectory.path) throws {
    path = parent + "/guarantee-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  package func file(_ name: String) -> String { path + "/" + name }

  package func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  package func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: file(name))), as: UTF8.self)
  }

  package var contents: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
  }
}
