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
    #expect(String(decoding: Self.read(bytes, by: size), as: UTF8.self) == "key,name\nK-1,保证金\nK-1,联通\n")
    let long = Array([[UInt8]](repeating: Self.deposit, count: 40_000).joined())
    #expect(Self.read(long, by: size * 7) == Array(String(repeating: "保证金", count: 40_000).utf8))
    // Four bytes a character, which Unicode's rarer ones have.
    #expect(Self.read(Self.deposit + [0x95, 0x32, 0x82, 0x36] + Self.deposit) == Array("保证金𠀀保证金".utf8))
  }

  @Test("A name or two are enough", arguments: ["青岛", "天津港（集团）有限公司", "李堃，上海", "保", "衢州海关"])
  func short(_ text: String) throws {
    let bytes = Array("key\tname\nB\t".utf8) + (try Self.gb18030(text)) + [0x0A]
    #expect(String(decoding: Self.read(bytes), as: UTF8.self) == "key\tname\nB\t\(text)\n")
  }

  @Test(
    "Letters with accents stay as they are",
    arguments: ["café", "société créée", "Créée", "créé", "AÇÃO", "Süß", "MAÇÃ", "Müßig, Fuß", "naïve"])
  func accents(_ text: String) {
    let bytes = Array("key,name\nB,".utf8) + text.unicodeScalars.map { UInt8($0.value) } + [0x0A]
    #expect(Self.read(bytes) == bytes)
  }

  /// What the system's own program makes of a text.
  private static func gb18030(_ text: String) throws -> [UInt8] {
    let program = Process()
    program.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    program.arguments = ["iconv", "-f", "UTF-8", "-t", "GB18030"]
    let (input, output) = (Pipe(), Pipe())
    (program.standardInput, program.standardOutput) = (input, output)
    try program.run()
    input.fileHandleForWriting.write(Data(text.utf8))
    try input.fileHandleForWriting.close()
    return Array(output.fileHandleForReading.readDataToEndOfFile())
  }

  @Test("Everything else stays as it is")
  func others() {
    let texts: [[UInt8]] = [
      Array("保证金,𠀀,é\n".utf8), Array("plain\n".utf8), [], Array("保证金".utf8) + [0xB1, 0xA3],
      Array("M".utf8) + [0xFC] + Array("ller, Stra".utf8) + [0xDF] + Array("e\n".utf8), [0xC0, 0x80, 0x0A],
      Array("x".utf8) + [0xFF, 0x0A], [0xE9], Array("caf".utf8) + [0xE9, 0x2C, 0x0A],
      Self.deposit + [0xFF, 0x0A], Array("保证金已收妥".utf8.dropFirst()), Self.deposit + [0xB1],
    ]
    for text in texts { #expect(Self.read(text) == text) }
    // UTF-8 that is cut in two between pieces.
    for size in 1...5 { #expect(Self.read(Array("a保证金".utf8), by: size) == Array("a保证金".utf8)) }
    // What is none of it later on is left to whoever reads it.
    let broken = [[UInt8]](repeating: Self.deposit + Self.deposit, count: 10_000).joined() + [0xFF, 0x0A]
    #expect(Self.read(Array(broken)).suffix(2) == [0xFF, 0x0A])
  }
}
