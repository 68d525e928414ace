import Crypto
import FoundationEssentials
import Glibc

/// A backup's file: an archive as `pg_dump` writes it, behind it the manifest in a line, and behind that a line with the
/// manifest's length and the SHA-256 of all before it.
///
/// `pg_restore` reads the archive at its beginning and takes no notice of the rest. A file that was cut off has no last
/// line, and one that was damaged has another hash.
package final class BackupFile: Sendable {
  /// The open file, for `pg_restore` to read.
  package let descriptor: Int32
  package let path: String
  package let manifest: BackupManifest
  /// Its size in bytes.
  package let byteCount: Int

  private static let mark = "guarantee-backup/1 "
  /// The mark, the manifest's length in ten digits, a blank, the hash and a line's end.
  private static let lastLineLength = mark.utf8.count + 10 + 1 + 64 + 1
  private static let longestManifest = 1 << 20

  /// Opens a backup and reads all of it once.
  ///
  /// - Throws: `damaged` for a file that is none, or is not as it was written; `newer`.
  package init(path: String) throws(BackupError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Self.unreadable(path, errno) }
    do throws(BackupError) {
      (manifest, byteCount) = try Self.read(descriptor, path)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  private static func read(
    _ descriptor: Int32, _ path: String
  ) throws(BackupError) -> (BackupManifest, Int) {
    var found = stat()
    guard fstat(descriptor, &found) == 0, found.st_mode & S_IFMT == S_IFREG else {
      throw BackupError(.damaged, "'\(path)' is no file, and so no backup.")
    }
    let size = Int(found.st_size)
    let last = size > lastLineLength ? bytes(of: descriptor, size - lastLineLength, lastLineLength) : []
    let words = String(decoding: last, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
    guard last.starts(with: mark.utf8), last.last == UInt8(ascii: "\n"), words.count == 3,
      let length = Int(words[1]), length > 0, length <= min(longestManifest, size - lastLineLength)
    else {
      throw BackupError(
        .damaged,
        "'\(path)' is no whole backup: its end is missing, or 'guarantee backup' did not write it.")
    }
    let covered = size - lastLineLength
    guard try hash(of: descriptor, upTo: covered, path) == words[2].dropLast() else {
      throw BackupError(.damaged, "'\(path)' is not as it was written: its bytes have another hash.")
    }
    let text = bytes(of: descriptor, covered - length, length)
    guard let manifest = try? PackJSON.read(text, as: BackupManifest.self),
      manifest.format == BackupManifest.format, manifest.archive.bytes == covered - length - 1
    else {
      throw BackupError(
        .newer, "'\(path)' is a backup of a form that this program does not know: use a newer program.")
    }
    return (manifest, size)
  }

  /// Writes the manifest behind the archive, and makes sure that all of it is on disk.
  package static func finish(_ descriptor: Int32, _ manifest: BackupManifest, path: String) throws {
    let line = try PackJSON.line(manifest)
    // pg_dump leaves off where the archive's list is.
    guard lseek(descriptor, off_t(manifest.archive.bytes), SEEK_SET) >= 0 else {
      throw unwritable(path, errno)
    }
    try write([UInt8(ascii: "\n")] + line, to: descriptor, path)
    let size = manifest.archive.bytes + 1 + line.count
    let digits = String(line.count)
    let padded = String(repeating: "0", count: 10 - digits.count) + digits
    let hash = try hash(of: descriptor, upTo: size, path)
    try write(Array("\(mark)\(padded) \(hash)\n".utf8), to: descriptor, path)
    guard fsync(descriptor) == 0 else { throw unwritable(path, errno) }
  }

  /// The SHA-256 of the first bytes of a file.
  package static func hash(of descriptor: Int32, upTo end: Int, _ path: String) throws(BackupError) -> String
  {
    var hasher = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var place = 0
    while place < end {
      let wanted = min(buffer.count, end - place)
      let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, wanted, off_t(place)) }
      guard count > 0 else { throw unreadable(path, count < 0 ? errno : EIO) }
      buffer.withUnsafeBytes { hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      place += count
    }
    return hasher.finalize().hexDigits
  }

  private static func bytes(of descriptor: Int32, _ place: Int, _ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, got in
      got = max(0, pread(descriptor, buffer.baseAddress, count, off_t(place)))
    }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(BackupError) {
    let isWritten = bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
    if !isWritten { throw unwritable(path, errno) }
  }

  private static func unreadable(_ path: String, _ code: Int32) -> BackupError {
    BackupError(.damaged, "'\(path)' can't be read: \(SystemFailure(number: code).reason).")
  }

  package static func unwritable(_ path: String, _ code: Int32) -> BackupError {
    BackupError(.unwritable, "'\(path)' can't be written: \(SystemFailure(number: code).reason).")
  }
}

extension PackJSON {
  /// JSON in one line, with its end.
  static func line(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
  }
}
