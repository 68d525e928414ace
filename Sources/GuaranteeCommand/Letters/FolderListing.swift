import FoundationEssentials

/// What is in a folder.
enum FolderListing {
  /// The names of its files, sorted; none when there is no such folder.
  static func files(in folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
  }
}
