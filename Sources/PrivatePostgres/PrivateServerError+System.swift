import Glibc

extension PrivateServerError {
  /// The error for a system call on `path` that failed with `errno`.
  static func system(_ errorNumber: Int32, _ path: String, _ doing: String) -> PrivateServerError {
    switch errorNumber {
    case ENOSPC, EDQUOT: diskFull(path)
    case EROFS: readOnly(path)
    case EACCES, EPERM: permissionDenied(path)
    case ENOTDIR: notADirectory(path)
    default:
      PrivateServerError(
        .system, path, unsafe "\(doing) \(path) failed: \(String(cString: strerror(errorNumber)))",
        remedy: "look at that path and run the command again")
    }
  }

  static func diskFull(_ path: String) -> PrivateServerError {
    PrivateServerError(
      .diskFull, path, "No space is left on the disk that holds \(path)",
      remedy: "free some space there (64 MB at least) and run the command again")
  }

  static func readOnly(_ path: String) -> PrivateServerError {
    PrivateServerError(
      .readOnly, path, "\(path) is on a file system that is mounted read-only",
      remedy: "mount it for writing, or choose another data directory")
  }

  static func permissionDenied(_ path: String) -> PrivateServerError {
    PrivateServerError(
      .permissionDenied, path, "The user \(UserAccount.current.name) may not write to \(path)",
      remedy: "run as the user who owns it, or choose another data directory")
  }

  static func notADirectory(_ path: String) -> PrivateServerError {
    PrivateServerError(
      .notADirectory, path, "\(path) is no folder, or is inside something that is none",
      remedy: "move that file away, or choose another data directory")
  }

  static func cancelled(_ path: String) -> PrivateServerError {
    PrivateServerError(
      .cancelled, path, "The work on \(path) was cancelled", remedy: "run the command again to finish it")
  }

  /// The error for a server program that failed on `path` after it wrote `output`. Asks the disk itself
  /// first, since a program on a full disk cannot even log that it is full.
  static func program(_ code: Code, _ path: String, _ doing: String, output: String, log: String)
    -> PrivateServerError
  {
    let disk = FileSystem.disk(of: path)
    let wordsOfFull = ["No space left on device", "Disk quota exceeded", "Check free disk space"]
    if disk?.isFull == true || wordsOfFull.contains(where: output.contains) { return diskFull(path) }
    if disk?.isReadOnly == true || output.contains("Read-only file system") { return readOnly(path) }
    if output.contains("database files are incompatible with server") {
      return PrivateServerError(
        .otherVersion, path, "The PostgreSQL installed here cannot read the cluster in \(path)",
        remedy: "install the version that made it, or move the data with pg_upgrade or dump and restore")
    }
    return PrivateServerError(
      code, path, "\(doing) \(path) failed: \(firstComplaint(in: output))", remedy: "see \(log) for all of it"
    )
  }

  /// The first line that says what was wrong, without the time and process in front of it; else the last one.
  private static func firstComplaint(in output: String) -> String {
    let lines = output.split(whereSeparator: \.isNewline)
    for line in lines {
      for mark in ["PANIC:", "FATAL:", "error:"] {
        if let range = line.firstRange(of: mark) {
          return String(line[range.upperBound...].drop(while: \.isWhitespace))
        }
      }
    }
    return lines.last.map(String.init) ?? "it said nothing"
  }
}
