import Foundation
import Testing

@testable import GuaranteeLedger

@Suite("Text in GB 18030")
struct ChineseTextTests {
  /// What is read of bytes that come in pieces of a size.
  private static func read(_ bytes: [UInt8], by size: Int = 65_536) -> [UInt8] {
    var rest = bytes[...]
    let text = ChineseText { buffer in
      let piece = rest.prefix(min(size, buffer.count))
      buffer.copyBytes(from: piece)
      rest = rest.dropFirst(piece.count)
      return piece.count
    }
    var read: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      let count = text.read(into: buffer)
      if count <= 0 { return read }
      read += buffer[..<count]
    }
  }

  /// `保证金` and `联通`, which a famous program took for UTF-8.
  private static let deposit: [UInt8] = [0xB1, 0xA3, 0xD6, 0xA4, 0xBD, 0xF0]
  private static let unicom: [UInt8] = [0xC1, 0xAA, 0xCD, 0xA8]

  @Test("It becomes UTF-8, wherever a piece ends", arguments: [1, 2, 3, 5, 7, 64, 65_536])
  func converted(_ size: Int) {
    let row = Array("K-1,".utf8)
    let bytes = Array("key,name\n".utf8) + row + Self.deposit + [0x0A] + row + Self.unicom + [0x0A]
    // A piece of a byte or two says too little of what the text is.
    let first = size < 6 ? 64 : size
    let whole = Self.read(bytes, by: first)
    #expect(String(decoding: whole, as: UTF8.self) == "key,name\nK-1,保证金\nK-1,联通\n")
    let long = Array([[UInt8]](repeating: Self.deposit, count: 40_000).joined())
    #expect(Self.read(long, by: 6 + size) == Array(String(repeating: "保证金", count: 40_000).utf8))
    // Four bytes a character, which Unicode's rarer ones have.
    #expect(Self.read(Self.deposit + [0x95, 0x32, 0x82, 0x36] + Self.deposit) == Array("保证金𠀀保证金".utf8))
  }

  @Test("Everything else stays as it is")
  func others() {
    let texts: [[UInt8]] = [
      Array("保证金,𠀀,é\n".utf8), Array("plain\n".utf8), [], Array("保证金".utf8) + [0xB1, 0xA3],
      Array("M".utf8) + [0xFC] + Array("ller, Stra".utf8) + [0xDF] + Array("e\n".utf8), [0xC0, 0x80, 0x0A],
      Array("x".utf8) + [0xFF, 0x0A], [0xE9], Array("caf".utf8) + [0xE9, 0x2C, 0x0A],
      Self.deposit + [0xFF, 0x0A],
    ]
    for text in texts { #expect(Self.read(text) == text) }
    // UTF-8 that is cut in two between pieces.
    for size in 1...5 { #expect(Self.read(Array("a保证金".utf8), by: size) == Array("a保证金".utf8)) }
    // What is none of it later on is left to whoever reads it.
    let broken = [[UInt8]](repeating: Self.deposit + Self.deposit, count: 10_000).joined() + [0xFF, 0x0A]
    #expect(Self.read(Array(broken)).suffix(2) == [0xFF, 0x0A])
  }
}
