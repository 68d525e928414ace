/// A value in the one form in which hashes and signatures cover it: the text that PostgreSQL prints of its jsonb.
enum CanonicalText: Sendable, Hashable {
  case text(String)
  case object([String: CanonicalText])

  /// An object whose members are all texts.
  static func members(_ members: [String: String]) -> CanonicalText {
    .object(members.mapValues { .text($0) })
  }

  /// The text in UTF-8.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .text(let text):
      Self.write(text, to: &bytes)
    case .object(let members):
      // The shorter name first, those of one length by their bytes.
      let names = members.keys.map { ($0, Array($0.utf8)) }.sorted {
        $0.1.count != $1.1.count ? $0.1.count < $1.1.count : $0.1.lexicographicallyPrecedes($1.1)
      }
      bytes.append(UInt8(ascii: "{"))
      for (index, (name, _)) in names.enumerated() {
        if index > 0 { bytes.append(contentsOf: ", ".utf8) }
        Self.write(name, to: &bytes)
        bytes.append(contentsOf: ": ".utf8)
        members[name]?.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
      case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
      case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
      case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
      case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
      case ..<0x20: bytes.append(contentsOf: (#"\u00"# + [byte].hexDigits).utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
