import Crypto
import Glibc

/// The folder of a pack while it is written: beside its name, and put in place when it is whole.
final class PackFolder {
  private let target: String
  /// Where it is while it is written.
  let path: String
  private(set) var files: [PackManifest.File] = []
  /// What was made so far, to take it away again.
  private var made: [String] = []
  private var isInPlace = false

  /// - Throws: `PackError` when there is something at `target` already, or nothing can be made beside it.
  init(_ target: String) throws(PackError) {
    var target = target
    while target.count > 1, target.hasSuffix("/") { target.removeLast() }
    self.target = target
    try Self.requireName(target)
    try Self.requireFree(target)
    var attempt = 0
    while true {
      let path = "\(target).partial-\(getpid())" + (attempt == 0 ? "" : "-\(attempt)")
      if mkdir(path, 0o777) == 0 {
        self.path = path
        return
      }
      guard errno == EEXIST, attempt < 1000 else { throw Self.failure(path) }
      attempt += 1
    }
  }

  deinit { if !isInPlace { takeAway() } }

  /// A pack takes its folder's place, which it can't by a path that leads back into that folder.
  private static func requireName(_ path: String) throws(PackError) {
    guard ["", ".", ".."].contains(path.split(separator: "/").last ?? "") else { return }
    throw PackError(
      .occupied,
      "A pack can't take the place of '\(path)': name a folder that is not there yet, or an empty one by its own name."
    )
  }

  /// A folder that is there must be empty.
  private static func requireFree(_ path: String) throws(PackError) {
    var found = stat()
    guard lstat(path, &found) == 0 else { return }
    let entries = opendir(path)
    defer { if let entries { closedir(entries) } }
    var names = 0
    while let entries, readdir(entries) != nil { names += 1 }
    // "." and "..".
    guard entries != nil, names <= 2 else {
      throw PackError(
        .occupied, "There is something at '\(path)' already. Name a folder that is not there yet.")
    }
  }

  private static func failure(_ path: String) -> PackError {
    PackError(.unwritable, "'\(path)' can't be written: \(SystemFailure(number: errno).reason).")
  }

  private func takeAway() {
    for name in made.reversed() where unlink(path + "/" + name) != 0 { rmdir(path + "/" + name) }
    rmdir(path)
  }

  func makeFolder(_ name: String) throws(PackError) {
    guard mkdir(path + "/" + name, 0o777) == 0 else { throw Self.failure(path + "/" + name) }
    made.append(name)
  }

  /// Writes a file by pieces; `body` says how many rows they were, `nil` for a file that is no table.
  func write(
    _ name: String, isListed: Bool = true, by body: (PackFileWriter) async throws -> Int?
  ) async throws -> PackManifest.File {
    let full = path + "/" + name
    let descriptor = open(full, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Self.failure(full) }
    defer { close(descriptor) }
    made.append(name)
    let writer = PackFileWriter(descriptor: descriptor, path: full)
    let rows = try await body(writer)
    guard fsync(descriptor) == 0 else { throw Self.failure(full) }
    let file = PackManifest.File(name: name, bytes: writer.byteCount, sha256: writer.hash, rows: rows)
    if isListed { files.append(file) }
    return file
  }

  @discardableResult
  func write(_ bytes: [UInt8], to name: String, isListed: Bool = true) async throws -> PackManifest.File {
    try await write(name, isListed: isListed) { writer in
      try writer.write(bytes)
      return nil
    }
  }

  /// Gives the pack its name.
  func putInPlace() throws(PackError) {
    for folder in made + [""] where folder.isEmpty || !folder.contains(".") {
      let descriptor = open(path + "/" + folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      fsync(descriptor)
      close(descriptor)
    }
    guard rename(path, target) == 0 else {
      if errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR { try Self.requireFree(target) }
      throw Self.failure(target)
    }
    isInPlace = true
  }
}

/// Writes a file of a pack and hashes what it writes.
final class PackFileWriter {
  private let descriptor: Int32
  private let path: String
  private var hasher = SHA256()
  private(set) var byteCount = 0

  fileprivate init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  func write(_ bytes: [UInt8]) throws(PackError) {
    let isWritten = bytes.withUnsafeBytes { piece in
      hasher.update(bufferPointer: piece)
      return writeAll(piece, to: descriptor)
    }
    guard isWritten else {
      throw PackError(.unwritable, "'\(path)' can't be written: \(SystemFailure(number: errno).reason).")
    }
    byteCount += bytes.count
  }

  /// In hexadecimal digits.
  fileprivate var hash: String { hasher.finalize().hexDigits }
}
