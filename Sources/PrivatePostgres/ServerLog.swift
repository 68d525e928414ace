import Glibc

/// How far the server's logs are written, to tell what a start added.
struct ServerLog {
  private let sizes: [String: Int]

  init(_ folder: DataFolder) {
    let names = (try? FileSystem.names(in: folder.serverLogs)) ?? []
    sizes = names.reduce(into: [:]) { sizes, name in
      let path = folder.serverLogs + "/" + name
      sizes[path] = (try? FileSystem.status(of: path)).map { Int($0.st_size) } ?? 0
    }
  }

  /// What was written since `earlier`.
  func since(_ earlier: ServerLog) -> String {
    sizes.keys.sorted().map { file in
      let bytes = Array((FileSystem.text(of: file) ?? "").utf8)
      return String(decoding: bytes.dropFirst(earlier.sizes[file] ?? 0), as: UTF8.self)
    }.joined()
  }
}
