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

  /// The folder with what was built, this test among it.
  static let built = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
}
