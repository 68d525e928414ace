import Glibc
import GuaranteeLedger

/// Rows put aside in a temporary file that has no name, until it is known what to say of them.
///
/// Takes no memory for what it holds, and leaves nothing behind however the program ends.
final class SpoolFile {
  private let descriptor: Int32
  private let sink: ByteSink

  /// How many rows it holds.
  private(set) var count = 0

  /// - Throws: `OutputError` when there is no room for temporary files.
  init() throws(OutputError) {
    descriptor = NamelessFile.open()
    guard descriptor >= 0 else { throw OutputError(systemCode: errno, subject: .temporaryFile) }
    sink = ByteSink(descriptor: descriptor, ownsDescriptor: true, subject: .temporaryFile)
  }

  func append(_ row: [String?]) throws(OutputError) {
    count += 1
    try write(UInt32(row.count))
    for value in row {
      try write(value.map { UInt32($0.utf8.count) } ?? Self.absent)
      if let value { try sink.write(value) }
    }
  }

  /// Hands out every row in the order in which they came. May be called again.
  func readAll(_ body: ([String?]) throws -> Void) throws {
    try sink.flush()
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw OutputError(systemCode: errno) }
    defer { lseek(descriptor, 0, SEEK_END) }
    var reader = SpoolReader(descriptor: descriptor)
    while let length = try reader.nextNumber() {
      var row: [String?] = []
      row.reserveCapacity(Int(length))
      for _ in 0..<length {
        guard let size = try reader.nextNumber() else { throw OutputError(systemCode: EIO) }
        row.append(size == Self.absent ? nil : try reader.nextText(Int(size)))
      }
      try body(row)
    }
  }

  private static let absent = UInt32.max

  private func write(_ number: UInt32) throws(OutputError) {
    for shift in stride(from: 0, to: 32, by: 8) {
      try sink.write(byte: UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}

/// Reads a spool from the front.
private struct SpoolReader {
  let descriptor: Int32
  private var buffer: ArraySlice<UInt8> = []

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// The next number, or `nil` at the end.
  mutating func nextNumber() throws -> UInt32? {
    guard let bytes = try take(4) else { return nil }
    return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func nextText(_ length: Int) throws -> String {
    guard let bytes = try take(length) else { throw OutputError(systemCode: EIO) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func take(_ length: Int) throws -> ArraySlice<UInt8>? {
    while buffer.count < length {
      let wanted = max(1 << 16, length - buffer.count)
      var failed: Int32 = 0
      let more = [UInt8](unsafeUninitializedCapacity: wanted) { space, count in
        let got = read(descriptor, space.baseAddress, wanted)
        failed = got < 0 ? errno : 0
        count = max(got, 0)
      }
      if failed == EINTR { continue }
      if failed != 0 { throw OutputError(systemCode: failed) }
      if more.isEmpty {
        if buffer.isEmpty { return nil }
        throw OutputError(systemCode: EIO)
      }
      buffer = Array(buffer)[...] + more
    }
    defer { buffer = buffer.dropFirst(length) }
    return buffer.prefix(length)
  }
}
