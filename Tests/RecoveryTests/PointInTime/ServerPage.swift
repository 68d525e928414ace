import Foundation

/// What the documentation has administrators set, for a test that does as it says.
enum ServerPage {
  private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Sources/GuaranteeLedger/GuaranteeLedger.docc/BackingUp.md").standardized
    .path

  struct NoSuchSample: Error { let name: String }

  /// The settings of the first sample that has `name`, with the page's archive replaced.
  static func settings(with name: String, archive: String, time: String = "") throws -> [String] {
    let text = try String(contentsOfFile: page, encoding: .utf8)
    let samples = text.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }.map(
      \.element)
    guard let sample = samples.first(where: { $0.hasPrefix("text\n") && $0.contains(name + " = ") }) else {
      throw NoSuchSample(name: name)
    }
    return sample.split(separator: "\n").dropFirst().map { String($0.drop { $0 == " " }) }.map { line in
      line.hasPrefix("recovery_target_time")
        ? "recovery_target_time = '\(time)'" : line.replacing("/srv/guarantee-wal", with: archive)
    }
  }
}
