import Glibc

/// Bytes read in pieces of a fixed size, from a file, a pipe or memory.
struct ByteSource {
  static let pieceSize = 64 * 1024

  /// The present piece; what counts lies between `position` and `end`.
  private(set) var piece: [UInt8]
  var position = 0
  private(set) var end = 0
  /// How many bytes were read, those of the present piece included.
  private(set) var bytesRead = 0

  private let fill: (UnsafeMutableRawBufferPointer) -> Int

  /// - Parameter fill: Puts the next bytes into the buffer and says how many; 0 at the end, or less than 0
  ///   with `errno` set.
  init(pieceSize: Int = Self.pieceSize, fill: @escaping (UnsafeMutableRawBufferPointer) -> Int) {
    piece = [UInt8](repeating: 0, count: pieceSize)
    self.fill = fill
  }

  /// Whether there is another byte at `position`; reads the next piece when this one is used up.
  mutating func hasMore() throws(SystemFailure) -> Bool {
    position < end ? true : try refill()
  }

  private mutating func refill() throws(SystemFailure) -> Bool {
    let fill = fill
    let count = piece.withUnsafeMutableBytes { fill($0) }
    guard count >= 0 else { throw SystemFailure(number: errno) }
    position = 0
    end = count
    bytesRead += count
    return count > 0
  }
}

extension ByteSource {
  /// Bytes that are at hand.
  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    self.init(pieceSize: max(1, min(bytes.count, Self.pieceSize))) { buffer in
      let piece = rest.prefix(buffer.count)
      buffer.copyBytes(from: piece)
      rest = rest.dropFirst(piece.count)
      return piece.count
    }
  }
}

/// An error number of the operating system.
struct SystemFailure: Error {
  let number: Int32

  var reason: String { String(cString: strerror(number)) }
}

/// A file descriptor that is closed when nobody reads from it any more; standard input stays open.
final class InputDescriptor {
  let number: Int32
  private let isOwned: Bool

  init(path: String) throws(SystemFailure) {
    isOwned = path != "-"
    number = isOwned ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO
    guard number >= 0 else { throw SystemFailure(number: errno) }
  }

  /// Opens a file that is no link; a pipe or a device doesn't keep it waiting.
  init(file path: String) throws(SystemFailure) {
    isOwned = true
    number = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard number >= 0 else { throw SystemFailure(number: errno) }
  }

  deinit {
    if isOwned && number >= 0 { close(number) }
  }

  /// The size in bytes; `nil` for a pipe or a terminal.
  var byteCount: Int? {
    var found = stat()
    guard fstat(number, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(found.st_size)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let count = Glibc.read(number, buffer.baseAddress, buffer.count)
      if count >= 0 || errno != EINTR { return count }
    }
  }
}
