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
      bytes.append(UInt8(ascii: "{"))
      for (index, name) in members.keys.sorted(by: Self.isBefore).enumerated() {
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
    bytes.appendEscaped(text.utf8)
    bytes.append(UInt8(ascii: "\""))
  }

  /// The shorter name first, those of one length by their bytes.
  fileprivate static func isBefore(_ left: String, _ right: String) -> Bool {
    (left.utf8.count, left) < (right.utf8.count, right)
  }
}

extension [UInt8] {
  /// What stands between the quotes of a JSON string, as PostgreSQL escapes it.
  fileprivate mutating func appendEscaped(_ text: some Collection<UInt8>) {
    if text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      return append(contentsOf: text)
    }
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): self += [UInt8(ascii: "\\"), byte]
      case 0x08: append(contentsOf: #"\b"#.utf8)
      case 0x09: append(contentsOf: #"\t"#.utf8)
      case 0x0A: append(contentsOf: #"\n"#.utf8)
      case 0x0C: append(contentsOf: #"\f"#.utf8)
      case 0x0D: append(contentsOf: #"\r"#.utf8)
      case ..<0x20: append(contentsOf: (#"\u00"# + [byte].hexDigits).utf8)
      default: append(byte)
      }
    }
  }
}

/// Writes objects of the same members, one after the other, in the form of `CanonicalText`.
struct CanonicalRow {
  private struct Member {
    /// Which of the values it has.
    let value: Int
    /// Where its name stands among `names`, with what stands before its value.
    let name: Range<Int>
    let isText: Bool
  }

  private let members: [Member]
  private let names: [UInt8]
  private(set) var bytes: [UInt8] = []

  /// - Parameters:
  ///   - names: What the members are called, in the order of the values.
  ///   - objects: Those whose value is JSON already.
  init(_ names: [String], objects: Set<String> = []) {
    var written: [UInt8] = []
    members = names.indices.sorted { CanonicalText.isBefore(names[$0], names[$1]) }.map { value in
      let (start, isText) = (written.count, !objects.contains(names[value]))
      written += Array("\"\(names[value])\": ".utf8) + (isText ? [UInt8(ascii: "\"")] : [])
      return Member(value: value, name: start..<written.count, isText: isText)
    }
    self.names = written
  }

  /// Writes an object.
  ///
  /// - Parameter value: The value of each member; `nil` for a member that is not there.
  mutating func write<Value: Collection<UInt8>>(_ value: (Int) -> Value?) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(UInt8(ascii: "{"))
    for index in members.indices {
      let member = members[index]
      guard let value = value(member.value) else { continue }
      if bytes.count > 1 {
        bytes.append(UInt8(ascii: ","))
        bytes.append(UInt8(ascii: " "))
      }
      bytes.append(contentsOf: names[member.name])
      if member.isText {
        bytes.appendEscaped(value)
        bytes.append(UInt8(ascii: "\""))
      } else {
        bytes.append(contentsOf: value)
      }
    }
    bytes.append(UInt8(ascii: "}"))
  }
}
