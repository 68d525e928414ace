import Foundation

@testable import GuaranteeCommand

/// What the body writes to a sink.
func captured(_ body: (ByteSink) throws -> Void) throws -> String {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("sink-\(UUID().uuidString)").path
  let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
  defer { unlink(path) }
  let sink = ByteSink(descriptor: descriptor, ownsDescriptor: true, capacity: 16)
  try body(sink)
  try sink.flush()
  return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
}

/// A folder of its own for a test, removed with the object.
final class TemporaryFolder {
  let path: String

  /// - Parameter parent: where it is made; the system's place for temporary files unless it is said.
  init(in parent: String = FileManager.default.temporaryDirectory.path) throws {
    path = parent + "/guarantee-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: file(name))), as: UTF8.self)
  }

  var contents: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}
