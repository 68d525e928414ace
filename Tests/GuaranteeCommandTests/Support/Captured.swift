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
