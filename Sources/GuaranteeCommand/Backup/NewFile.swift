import Glibc
import GuaranteeLedger

/// A file for its owner's eyes that is there whole or not at all, and never takes another's place.
///
/// It is written beside its name. What a killed program leaves behind is called `NAME.partial-…`.
final class NewFile {
  let path: String
  let partialPath: String
  /// Open for reading and writing.
  let descriptor: Int32
  private var isInPlace = false

  /// - Throws: `BackupError` when there is such a file, or none can be made.
  init(_ path: String) throws(BackupError) {
    self.path = path
    partialPath = "\(path).partial-\(getpid())"
    try Self.requireFree(path)
    // One of a program that was killed and had our number is nobody's.
    unlink(partialPath)
    descriptor = open(partialPath, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw BackupFile.unwritable(path, errno) }
  }

  deinit {
    close(descriptor)
    if !isInPlace { unlink(partialPath) }
  }

  var byteCount: Int {
    var found = stat()
    return fstat(descriptor, &found) == 0 ? Int(found.st_size) : 0
  }

  private static func requireFree(_ path: String) throws(BackupError) {
    var found = stat()
    guard lstat(path, &found) != 0 else {
      throw BackupError(.occupied, "There is something at '\(path)' already: name a file that is not there.")
    }
  }

  /// Gives it its name, if nobody else has taken it meanwhile.
  func putInPlace() throws(BackupError) {
    if link(partialPath, path) == 0 {
      unlink(partialPath)
    } else {
      if errno == EEXIST { try Self.requireFree(path) }
      // A file system without links: the name is taken first, and then given away.
      let claim = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard claim >= 0 else { throw BackupFile.unwritable(path, errno) }
      close(claim)
      guard rename(partialPath, path) == 0 else {
        let number = errno
        unlink(path)
        throw BackupFile.unwritable(path, number)
      }
    }
    isInPlace = true
    let folder = open(Self.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  private static func folder(of path: String) -> String {
    let end = path.lastIndex(of: "/") ?? path.startIndex
    return end == path.startIndex ? "/" : String(path[..<end])
  }
}
