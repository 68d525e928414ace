import Foundation
import Testing

/// Texts that a user reads, kept in `Goldens/` and compared byte for byte.
///
/// `GOLDEN=record swift test` writes them anew.
enum Golden {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Goldens")

  static func expect(_ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let file = folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["GOLDEN"] == "record" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      return try Data(text.utf8).write(to: file)
    }
    let wanted = try? String(decoding: Data(contentsOf: file), as: UTF8.self)
    #expect(text == wanted, "Differs from Goldens/\(name)", sourceLocation: sourceLocation)
  }
}
