import Glibc
import GuaranteeLedger

/// Spreadsheets among the files to record: LibreOffice reads them, into a folder that is gone again when they are
/// recorded.
enum Spreadsheets {
  /// A file to read, and what errors call it.
  struct Source: Sendable {
    let path: String
    let name: String

    init(_ path: String, name: String? = nil) {
      self.path = path
      self.name = name ?? (path == "-" ? "standard input" : path)
    }
  }

  static let endings = ["xlsx", "ods", "xls", "fods"]
  private static let mostBytes = 64 << 20

  static func isSpreadsheet(_ path: String) -> Bool {
    let parts = path.split(separator: "/").last?.split(separator: ".") ?? []
    return parts.count > 1 && endings.contains(parts.last?.lowercased() ?? "")
  }

  /// Hands over the files in their order, CSV in the place of each spreadsheet; a ^C ends the reading of those.
  ///
  /// - Throws: `EventFileError` or `Failure` that says of which file and why, or what `body` throws.
  static func reading(_ files: [String], _ body: ([Source]) async throws -> Void) async throws {
    guard files.contains(where: isSpreadsheet) else { return try await body(files.map { Source($0) }) }
    let folder = try PrivateFolder()
    defer { folder.remove() }
    var sources: [Source] = []
    for file in files {
      sources.append(
        isSpreadsheet(file)
          ? Source(try await csv(of: file, number: sources.count, in: folder.path), name: file) : Source(file)
      )
    }
    try await body(sources)
  }

  private static func csv(of file: String, number: Int, in folder: String) async throws -> String {
    var found = stat()
    guard stat(file, &found) == 0, found.st_mode & S_IFMT == S_IFREG else {
      throw Failure(.unreadableInput, "There is no file '\(file)'.")
    }
    guard Int(found.st_size) <= mostBytes else {
      throw Failure(
        .unreadableInput, "The spreadsheet '\(file)' is too large: save it as CSV in UTF-8, and record that.")
    }
    // Under a name of our own: theirs may be anything, and LibreOffice makes the new one of it.
    let ending = file.split(separator: ".").last.map { $0.lowercased() } ?? ""
    let copy = "\(folder)/sheet\(number).\(ending)"
    let source = file.hasPrefix("/") ? file : LedgerOptions.workingDirectory + "/" + file
    guard symlink(source, copy) == 0 else { throw OutputError(systemCode: errno, subject: .temporaryFile) }
    let flat = "\(folder)/flat/sheet\(number).fods"
    try await LibreOffice.convert(copy, to: "fods:OpenDocument Spreadsheet Flat XML", in: folder, for: file)
    guard access(flat, R_OK) == 0 else {
      throw Failure(
        .unreadableInput,
        "'\(file)' is no spreadsheet that LibreOffice can read: save it as CSV in UTF-8, and record that.")
    }
    let path = "\(folder)/sheet\(number).csv"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw OutputError(systemCode: errno, subject: .temporaryFile) }
    let sink = ByteSink(descriptor: descriptor, ownsDescriptor: true, subject: .temporaryFile)
    let joined = try Sheet.read(path: flat, named: file) { try sink.write($0) }
    try sink.flush()
    if let joined {
      Program.say(
        joined.count == 1
          ? "\(file), line \(joined.line), field \(joined.field): the cell's lines were read as one, with spaces between them."
          : "\(file): the lines of \(joined.count) cells were read as one each, with spaces between them, first in line \(joined.line), field \(joined.field)."
      )
    }
    return path
  }
}
