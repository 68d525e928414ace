import Foundation

/// The package as it lies on disk.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static let catalogue = "Sources/GuaranteeLedger/GuaranteeLedger.docc"

  /// Every file below the folders whose name ends so, by its path from the root, sorted.
  static func files(in folders: String..., endingIn ending: String) -> [String] {
    folders.flatMap { folder in
      (FileManager.default.enumerator(atPath: root + "/" + folder)?.compactMap { $0 as? String } ?? [])
        .map { folder + "/" + $0 }
    }.filter { $0.hasSuffix(ending) && !$0.contains("/.build") }.sorted()
  }

  static func lines(of path: String) throws -> [String] {
    try String(contentsOfFile: root + "/" + path, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The lines of a page's `sh` blocks by the headings that they are below, such as `## Try it`.
  static func commands(on page: String) throws -> [(heading: String, lines: [String])] {
    var sections: [(heading: String, lines: [String])] = [("", [])]
    var block: String?
    for line in try lines(of: page) {
      if line.hasPrefix("```") {
        block = block == nil ? line : nil
      } else if block == "```sh" {
        sections[sections.count - 1].lines.append(line)
      } else if block == nil, line.hasPrefix("#") {
        sections.append((line, []))
      }
    }
    return sections
  }

  /// The folder with what was built, this test among it.
  static let built = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
}
