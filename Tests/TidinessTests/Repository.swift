import Foundation

/// The package as it lies on disk.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Every file below the folders whose name ends so, by its path from the root, sorted.
  static func files(in folders: String..., endingIn endings: String...) -> [String] {
    folders.flatMap { folder in
      (FileManager.default.enumerator(atPath: root + "/" + folder)?.compactMap { $0 as? String } ?? [])
        .map { folder + "/" + $0 }
    }.filter { path in endings.contains { path.hasSuffix($0) } }.sorted()
  }

  static func text(of path: String) throws -> String {
    try String(contentsOfFile: root + "/" + path, encoding: .utf8)
  }

  static func lines(of path: String) throws -> [Substring] {
    try text(of: path).split(separator: "\n", omittingEmptySubsequences: false)
  }

  static func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root + "/" + path)
  }

  /// What is written by hand, these tests apart: they name what they look for.
  static var code: [String] {
    files(in: "Sources", "Tests", "sql", endingIn: ".swift", ".sql", ".h")
      .filter { !$0.hasPrefix("Tests/TidinessTests/") }
  }
}

/// A line of a file, for people to find.
struct Place: CustomStringConvertible {
  let path: String
  /// From 1.
  let line: Int
  let text: Substring

  var description: String { "\(path):\(line): \(text.drop { $0 == " " })" }

  /// Every line of the files that the pattern matches.
  static func all(of pattern: some RegexComponent, in files: [String]) throws -> [Place] {
    try files.flatMap { path in
      try Repository.lines(of: path).enumerated().filter { $1.contains(pattern) }
        .map { Place(path: path, line: $0 + 1, text: $1) }
    }
  }
}
