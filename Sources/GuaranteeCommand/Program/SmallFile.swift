import Glibc

/// A file that is read as a whole, since it should be small; a pipe or a device in its place keeps nobody waiting.
enum SmallFile {
  /// Something is there that is no regular file, is too long, or can't be read.
  struct Unreadable: Error {}

  /// The bytes of a file; `nil` when there is none.
  static func bytes(of path: String, limit: Int = 1 << 20) throws(Unreadable) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw Unreadable()
    }
    defer { close(descriptor) }
    var found = stat()
    guard fstat(descriptor, &found) == 0, found.st_mode & S_IFMT == S_IFREG, found.st_size <= limit else {
      throw Unreadable()
    }
    var bytes = [UInt8](repeating: 0, count: Int(found.st_size))
    var length = 0
    while length < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        unsafe read(descriptor, $0.baseAddress.map { unsafe $0 + length }, $0.count - length)
      }
      guard count >= 0 || errno == EINTR else { throw Unreadable() }
      if count == 0 { break }
      length += max(count, 0)
    }
    return Array(bytes.prefix(length))
  }
}
