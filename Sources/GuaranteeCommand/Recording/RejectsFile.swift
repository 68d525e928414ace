import Glibc

/// The refused rows in their input's own columns with `result` and `message` behind, ready to be mended and
/// recorded again.
///
/// Rows are put aside as they come and written at the end, beside the file and renamed over it, so that the
/// file is there whole or not at all. Rows of several inputs get the columns of all of them. A name that
/// ends in `.jsonl` or `.ndjson` gets JSON Lines, any other CSV.
final class RejectsFile {
  static let resultColumn = "result"
  static let messageColumn = "message"

  let path: String
  private let spool: SpoolFile
  private var columns: [String] = []
  private var place: [String: Int] = [:]

  /// - Throws: `Failure` when the file could not be written later, so that it is said before recording.
  init(path: String) throws {
    self.path = path
    spool = try SpoolFile()
    try file.check()
  }

  var count: Int { spool.count }

  /// Puts a refused row aside.
  ///
  /// - Parameters:
  ///   - names: the columns of the row's own file.
  ///   - cells: the row as it was read; an empty cell is a value that is not there.
  func add(names: [String], cells: [String], result: String, message: String?) throws(OutputError) {
    var row: [String?] = [result, message]
    for (name, cell) in zip(names, cells) where name != Self.resultColumn && name != Self.messageColumn {
      let index = place[name] ?? columns.count
      if index == columns.count {
        columns.append(name)
        place[name] = index
      }
      while row.count < index + 3 { row.append(nil) }
      row[index + 2] = cell.isEmpty ? nil : cell
    }
    try spool.append(row)
  }

  /// Writes the file; without a refused row there is none, and one of an earlier run is removed.
  func finish() throws {
    guard spool.count > 0 else {
      if isRegularFile { unlink(path) }
      return
    }
    try file.write(writeRows)
  }

  private func writeRows(to sink: ByteSink) throws {
    let names = columns + [Self.resultColumn, Self.messageColumn]
    let isJSONLines = path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson")
    var csv = isJSONLines ? nil : try CSVWriter(names.map { OutputColumn($0) }, to: sink)
    try spool.readAll { row in
      let cells = columns.indices.map { $0 + 2 < row.count ? row[$0 + 2] : nil } + row.prefix(2)
      if csv != nil { return try csv!.write(cells) }
      let pairs = zip(names, cells).compactMap { name, value in
        value.map { JSONText.quoted(name) + ":" + JSONText.quoted($0) }
      }
      try sink.write("{" + pairs.joined(separator: ",") + "}\n")
    }
  }

  private var isRegularFile: Bool {
    var found = stat()
    return lstat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFREG
  }

  private var file: OutputFile { OutputFile(path: path, kind: "rejects file") }
}
