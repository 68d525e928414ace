import Foundation

/// What went wrong, as the build's log shows it.
struct ToolError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// One file of `sql/` and its path below that folder.
struct SourceFile {
  let path: String
  let text: String

  /// Reads the files and sorts them by path, byte by byte, so that every machine writes the same Swift.
  static func read(paths: ArraySlice<String>, below folder: String) throws -> [SourceFile] {
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    let files = try paths.map { path in
      guard path.hasPrefix(prefix) else { throw ToolError("\(path) is not below \(folder)") }
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      guard let text = String(validating: data, as: UTF8.self) else { throw ToolError("\(path): not UTF-8") }
      return SourceFile(path: String(path.dropFirst(prefix.count)), text: text)
    }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
