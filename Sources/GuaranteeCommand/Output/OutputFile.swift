import Glibc

/// A file that is there whole or not at all: written beside its name, and renamed when everything is on disk.
struct OutputFile {
  let path: String
  /// What it is called in a sentence, such as `rejects file`.
  let kind: Phrase

  /// - Throws: `Failure` when the file can't be made, and then there is none.
  func check() throws(Failure) {
    var found = stat()
    if stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFDIR { throw failure(EISDIR) }
    // Only making the file shows whether it can be made.
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(errno) }
    close(descriptor)
    unlink(beside)
  }

  /// Writes what `body` writes.
  ///
  /// - Throws: `Failure` when it can't be written, or what `body` throws; then what was there before is left.
  func write(_ body: (ByteSink) throws -> Void) throws {
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(errno) }
    do {
      let sink = ByteSink(descriptor: descriptor, ownsDescriptor: true)
      try body(sink)
      try sink.flush()
      guard fsync(descriptor) == 0, rename(beside, path) == 0 else { throw OutputError(systemCode: errno) }
    } catch {
      unlink(beside)
      throw (error as? OutputError).map { failure($0.systemCode) } ?? error
    }
  }

  /// Where it is written before it gets its name.
  private var beside: String { path + ".\(getpid()).partial" }

  private func failure(_ code: Int32) -> Failure {
    Failure(.output, "The \(kind) '\(path)' could not be written: \(String(cString: strerror(code))).")
  }
}
