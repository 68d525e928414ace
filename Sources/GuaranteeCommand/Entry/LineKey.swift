/// What somebody who writes a line does next.
enum LineKey: Equatable {
  case character(Character)
  case left, right, home, end, up, down
  case backspace, delete, deleteWord, deleteToStart, deleteToEnd
  case complete, enter
  /// ^C, ^D and ^Z.
  case interrupt, endOfInput, suspend
}

/// Makes keys of the bytes that a terminal sends.
struct LineKeyReader {
  /// The beginning of a character or of an escape sequence.
  private var pending: [UInt8] = []
  private var isPasting = false

  private static let escape: UInt8 = 0x1B
  /// Longer than any sequence that means something.
  private static let longestSequence = 16

  /// - Returns: `nil` when more is to come, or nothing was meant.
  mutating func read(_ byte: UInt8) -> LineKey? {
    if pending.first == Self.escape { return readSequence(byte) }
    if !pending.isEmpty || byte >= 0x80 { return readCharacter(byte) }
    if byte == Self.escape {
      pending = [byte]
      return nil
    }
    // What is pasted is one answer: its lines and tabs are spaces.
    if isPasting { return .character(byte < 0x20 ? " " : Character(Unicode.Scalar(byte))) }
    return Self.controls[byte] ?? (byte < 0x20 ? nil : .character(Character(Unicode.Scalar(byte))))
  }

  private static let controls: [UInt8: LineKey] = [
    // What was typed as ^D before it was asked for arrives as zero.
    0x00: .endOfInput, 0x04: .endOfInput,
    0x01: .home, 0x02: .left, 0x03: .interrupt, 0x05: .end, 0x06: .right, 0x08: .backspace, 0x09: .complete,
    0x0A: .enter, 0x0B: .deleteToEnd, 0x0D: .enter, 0x0E: .down, 0x10: .up, 0x15: .deleteToStart,
    0x17: .deleteWord, 0x1A: .suspend, 0x7F: .backspace,
  ]

  private mutating func readCharacter(_ byte: UInt8) -> LineKey? {
    if !pending.isEmpty, byte & 0xC0 != 0x80 {
      // A character that was cut off is none; what follows it is.
      pending = []
      return read(byte)
    }
    pending.append(byte)
    let length = pending[0] >= 0xF0 ? 4 : pending[0] >= 0xE0 ? 3 : pending[0] >= 0xC0 ? 2 : 1
    guard pending.count == length else { return nil }
    defer { pending = [] }
    return String(validating: pending, as: UTF8.self)?.first.map { .character($0) }
  }

  private mutating func readSequence(_ byte: UInt8) -> LineKey? {
    pending.append(byte)
    if pending.count == 2 {
      if byte != UInt8(ascii: "["), byte != UInt8(ascii: "O") { pending = [] }
      return nil
    }
    guard (0x40...0x7E).contains(byte) else {
      if pending.count > Self.longestSequence { pending = [] }
      return nil
    }
    defer { pending = [] }
    let parameters = String(decoding: pending.dropFirst(2).dropLast(), as: UTF8.self)
    if byte == UInt8(ascii: "~") {
      if ["200", "201"].contains(parameters) { isPasting = parameters == "200" }
      return Self.numbered[parameters]
    }
    return Self.lettered[byte]
  }

  private static let numbered: [String: LineKey] = [
    "1": .home, "3": .delete, "4": .end, "7": .home, "8": .end,
  ]
  private static let lettered: [UInt8: LineKey] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "F"): .end, UInt8(ascii: "H"): .home,
  ]
}
