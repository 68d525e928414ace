/// Reads one JSON object of plain members from a line of text, one member after the other.
///
/// Values come as text: strings decoded, integers as written, `true` and `false`; `null` is empty.
struct JSONObject {
  /// What is wrong with the text, and how many bytes stand before it.
  struct Fault: Error {
    let offset: Int
    let reason: String
    /// Whether the text is no JSON at all, rather than JSON that is no event.
    var isSyntax = true
  }

  private let text: [UInt8]
  private var index = 0
  private var isFirst = true

  /// Begins to read.
  init(_ text: [UInt8]) throws(Fault) {
    self.text = text
    skipBlanks()
    guard take(UInt8(ascii: "{")) else {
      throw Fault(offset: index, reason: "a line must be one JSON object, from { to }", isSyntax: false)
    }
  }

  /// Reads the next member's name; `false` at the object's end, behind which nothing may stand.
  mutating func nextName(into name: inout [UInt8]) throws(Fault) -> Bool {
    name.removeAll(keepingCapacity: true)
    skipBlanks()
    if take(UInt8(ascii: "}")) {
      skipBlanks()
      guard index == text.count else { throw fault("there is text behind the object") }
      return false
    }
    if !isFirst {
      guard take(UInt8(ascii: ",")) else { throw fault("a comma or } is missing") }
      skipBlanks()
    }
    isFirst = false
    try string(into: &name)
    skipBlanks()
    guard take(UInt8(ascii: ":")) else { throw fault("a colon is missing") }
    skipBlanks()
    return true
  }

  /// Reads the value of the member whose name was read last.
  mutating func value(into value: inout [UInt8]) throws(Fault) {
    guard index < text.count else { throw fault("a value is missing") }
    switch text[index] {
    case UInt8(ascii: "\""): try string(into: &value)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try integer(into: &value)
    case UInt8(ascii: "t"): try word("true", into: &value)
    case UInt8(ascii: "f"): try word("false", into: &value)
    case UInt8(ascii: "n"): try word("null", into: nil, &value)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      throw Fault(
        offset: index, reason: "the value is an object or array; give a string, an integer or a boolean",
        isSyntax: false)
    default: throw fault("a value is missing")
    }
  }

  /// All members of an object, for texts that are known to have no name twice.
  static func members(of text: String) throws(Fault) -> [String: String] {
    var object = try JSONObject(Array(text.utf8))
    var members: [String: String] = [:]
    var name: [UInt8] = []
    while try object.nextName(into: &name) {
      var value: [UInt8] = []
      try object.value(into: &value)
      members[String(decoding: name, as: UTF8.self)] = String(decoding: value, as: UTF8.self)
    }
    return members
  }

  // MARK: Values

  private mutating func integer(into value: inout [UInt8]) throws(Fault) {
    let start = index
    _ = take(UInt8(ascii: "-"))
    let firstDigit = index
    while index < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) { index += 1 }
    let digits = text[firstDigit..<index]
    guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else {
      index = start
      throw fault("the number is malformed")
    }
    if index < text.count, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(text[index]) {
      throw Fault(
        offset: start, reason: "the number is not an integer; put it in quotes, so that it is kept exactly",
        isSyntax: false)
    }
    value.append(contentsOf: text[start..<index])
  }

  private mutating func word(_ word: StaticString, into value: inout [UInt8]) throws(Fault) {
    try self.word(word, into: word, &value)
  }

  private mutating func word(
    _ word: StaticString, into meaning: StaticString?, _ value: inout [UInt8]
  ) throws(Fault) {
    let end = index + word.utf8CodeUnitCount
    let isThere = word.withUTF8Buffer { end <= text.count && text[index..<end].elementsEqual($0) }
    guard isThere else { throw fault("a value is missing") }
    index = end
    meaning?.withUTF8Buffer { value.append(contentsOf: $0) }
  }

  // MARK: Strings

  private mutating func string(into value: inout [UInt8]) throws(Fault) {
    guard take(UInt8(ascii: "\"")) else { throw fault("a string in double quotes is missing") }
    while true {
      let start = index
      while index < text.count, Self.isPlain(text[index]) { index += 1 }
      value.append(contentsOf: text[start..<index])
      guard index < text.count else { throw fault("a string does not end") }
      if take(UInt8(ascii: "\"")) { return }
      guard take(UInt8(ascii: "\\")) else {
        throw fault("a string has a control character that is not escaped")
      }
      try escape(into: &value)
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func escape(into value: inout [UInt8]) throws(Fault) {
    guard index < text.count else { throw fault("a string does not end") }
    let byte = text[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): value.append(byte)
    case UInt8(ascii: "b"): value.append(0x08)
    case UInt8(ascii: "f"): value.append(0x0C)
    case UInt8(ascii: "n"): value.append(0x0A)
    case UInt8(ascii: "r"): value.append(0x0D)
    case UInt8(ascii: "t"): value.append(0x09)
    case UInt8(ascii: "u"): try unicodeEscape(into: &value)
    default:
      index -= 1
      throw fault("there is no such escape")
    }
  }

  private mutating func unicodeEscape(into value: inout [UInt8]) throws(Fault) {
    let start = index - 2
    var number = try fourDigits()
    if (0xD800..<0xDC00).contains(number), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
      let low = try fourDigits()
      number = (0xDC00..<0xE000).contains(low) ? 0x10000 + (number - 0xD800) << 10 + (low - 0xDC00) : 0xD800
    }
    guard number != 0 else {
      throw Fault(offset: start, reason: "the string has a NUL character", isSyntax: false)
    }
    guard let scalar = Unicode.Scalar(number) else {
      throw Fault(offset: start, reason: "the escape is half of a pair of surrogates")
    }
    value.append(contentsOf: UTF8.encode(scalar)!)
  }

  private mutating func fourDigits() throws(Fault) -> UInt32 {
    var number: UInt32 = 0
    for _ in 0..<4 {
      let character = index < text.count ? Character(Unicode.Scalar(text[index])) : " "
      guard let digit = character.hexDigitValue else { throw fault("\\u needs four hexadecimal digits") }
      number = number << 4 | UInt32(digit)
      index += 1
    }
    return number
  }

  // MARK: Bytes

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < text.count, text[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() {
    while index < text.count, text[index] <= 0x20, Self.isBlank(text[index]) { index += 1 }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private func fault(_ reason: String) -> Fault { Fault(offset: index, reason: reason) }
}
