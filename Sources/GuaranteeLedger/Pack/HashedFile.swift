import Crypto
import Glibc

/// Reads a file of a pack from its front and hashes what it reads.
final class HashedFile {
  let name: String
  private let descriptor: InputDescriptor
  private var hasher = SHA256()
  private(set) var byteCount = 0

  /// Opens a regular file below a folder; links are not followed.
  ///
  /// - Parameter name: one that `PackName.isPlain` allows.
  init(_ name: String, in folder: String) throws(PackFault) {
    self.name = name
    let parts = name.split(separator: "/")
    if parts.count > 1, kind(ofFileAt: folder + "/" + parts[0]) == S_IFLNK {
      throw PackFault(name, "the file's folder is a link, not a folder")
    }
    do {
      descriptor = try InputDescriptor(file: folder + "/" + name)
    } catch {
      throw PackFault(
        name,
        error.number == ELOOP ? "the file is a link, not a file" : "the file can't be read: \(error.reason)")
    }
    guard descriptor.byteCount != nil else { throw PackFault(name, "this is no regular file") }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = descriptor.read(into: buffer)
    if count > 0 {
      byteCount += count
      hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    return count
  }

  /// Reads what is left, and gives the hash of the whole file in hexadecimal digits.
  func finish() throws(PackFault) -> String {
    var buffer = [UInt8](repeating: 0, count: ByteSource.pieceSize)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(into: $0) }
      if count < 0 { throw PackFault(name, "the file can't be read: \(SystemFailure(number: errno).reason)") }
      if count == 0 { return hasher.finalize().hexDigits }
    }
  }

  /// All bytes of a file that is small.
  ///
  /// - Throws: `PackFault` for one of more than `limit` bytes.
  func contents(limit: Int = 4 << 20) throws(PackFault) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: ByteSource.pieceSize)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(into: $0) }
      if count < 0 { throw PackFault(name, "the file can't be read: \(SystemFailure(number: errno).reason)") }
      if count == 0 { return bytes }
      bytes += buffer.prefix(count)
      guard bytes.count <= limit else { throw PackFault(name, "the file is longer than \(limit) bytes") }
    }
  }
}

/// What is at a path, such as `S_IFDIR`; a link is what it is, not what it leads to.
func kind(ofFileAt path: String) -> mode_t? {
  var found = stat()
  return lstat(path, &found) == 0 ? found.st_mode & S_IFMT : nil
}

/// The names that files of a pack may have: nothing that leads out of its folder.
enum PackName {
  /// Those that a pack may have.
  static let folders = ["rules"] + PackAddition.allCases.map(\.rawValue)

  static func isPlain(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 1 || parts.count == 2 && folders.contains(String(parts[0])) else { return false }
    let isAllowed = { (byte: UInt8) in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        true
      default: false
      }
    }
    return parts.allSatisfy {
      !$0.isEmpty && $0.utf8.count <= 64 && $0.first != "." && $0.utf8.allSatisfy(isAllowed)
    }
  }
}
