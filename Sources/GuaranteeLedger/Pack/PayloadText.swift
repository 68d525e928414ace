/// Writes numbers and byte strings one behind the other.
extension [UInt8] {
  mutating func appendNumber(_ number: Int64) {
    for shift in stride(from: 0, to: 64, by: 8) { append(UInt8(truncatingIfNeeded: number >> Int64(shift))) }
  }

  mutating func appendString(_ bytes: some Collection<UInt8>) {
    for shift in stride(from: 0, to: 32, by: 8) { append(UInt8(truncatingIfNeeded: bytes.count >> shift)) }
    append(contentsOf: bytes)
  }
}

/// Reads them back.
struct PayloadReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { index == bytes.count }

  mutating func number() -> Int64 {
    guard index + 8 <= bytes.count else { return 0 }
    defer { index += 8 }
    return bytes.withUnsafeBytes {
      Int64(littleEndian: $0.loadUnaligned(fromByteOffset: index, as: Int64.self))
    }
  }

  mutating func string() -> ArraySlice<UInt8> {
    guard index + 4 <= bytes.count else { return [] }
    let count = bytes.withUnsafeBytes {
      Int(UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: index, as: UInt32.self)))
    }
    index += 4
    guard count <= bytes.count - index else { return [] }
    defer { index += count }
    return bytes[index..<(index + count)]
  }

  mutating func text() -> String { String(decoding: string(), as: UTF8.self) }
}
