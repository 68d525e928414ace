/// A text for people: in English where it is written, in the reader's language where it is read.
///
/// It is written as any text with values in it; what stands between the values is looked up in the catalogue. So a
/// sentence is one literal: pieces that are put together can't be said in another language.
struct Phrase: ExpressibleByStringInterpolation, Sendable, Equatable {
  /// What stands in a blank.
  enum Value: Sendable, Equatable {
    case text(String)
    case phrase(Phrase)

    var text: String {
      switch self {
      case .text(let text): text
      case .phrase(let phrase): phrase.text
      }
    }
  }

  /// The English text with `{1}`, `{2}` and so on in place of its values.
  let pattern: String
  let values: [Value]

  init(pattern: String, values: [Value]) {
    self.pattern = pattern
    self.values = values
  }

  init(stringLiteral value: String) { self.init(pattern: value, values: []) }

  /// A text that is the same in every language, such as a code or what somebody wrote.
  init(verbatim text: String) { self.init(pattern: "{1}", values: [.text(text)]) }

  /// A sentence that came ready-made in English, from the ledger, the library or the parser of the command line.
  init(said text: String) {
    self = Language.current == .english ? Phrase(verbatim: text) : Catalogue.chinese.recognised(text)
  }

  /// The text in the language that is spoken.
  var text: String {
    let said = Language.current == .english ? pattern : Catalogue.chinese[pattern] ?? pattern
    if values.isEmpty { return said }
    let blanks = Blanks.names(in: pattern)
    return Blanks.fill(said) { name in
      blanks.firstIndex(of: name).flatMap { values.indices.contains($0) ? values[$0].text : nil }
    }
  }

  var isEmpty: Bool { pattern.isEmpty }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pattern = ""
    fileprivate var values: [Value] = []

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { pattern += literal }

    mutating func appendInterpolation(_ phrase: Phrase) { append(.phrase(phrase)) }

    mutating func appendInterpolation(_ value: some Any) { append(.text("\(value)")) }

    private mutating func append(_ value: Value) {
      values.append(value)
      pattern += "{\(values.count)}"
    }
  }

  init(stringInterpolation: StringInterpolation) {
    self.init(pattern: stringInterpolation.pattern, values: stringInterpolation.values)
  }
}

/// Blanks of a text: names in braces.
enum Blanks {
  /// The text with its blanks filled; one that nothing is known of stays as it is.
  static func fill(_ text: String, _ value: (String) -> String?) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    var filled = ""
    for piece in pieces(of: text) {
      switch piece {
      case .text(let text): filled += text
      case .blank(let name): filled += value(name) ?? "{\(name)}"
      }
    }
    return filled
  }

  enum Piece: Equatable {
    case text(String)
    case blank(String)
  }

  static func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text[...]
    while let start = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
      let name = rest[rest.index(after: start)...].prefix {
        $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_")
      }
      guard !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == "}" else {
        // A brace that begins no blank is text.
        let end = rest.index(after: start)
        append(rest[..<end], to: &pieces)
        rest = rest[end...]
        continue
      }
      append(rest[..<start], to: &pieces)
      pieces.append(.blank(String(name)))
      rest = rest[rest.index(after: name.endIndex)...]
    }
    append(rest, to: &pieces)
    return pieces
  }

  private static func append(_ text: Substring, to pieces: inout [Piece]) {
    guard !text.isEmpty else { return }
    if case .text(let before) = pieces.last {
      pieces[pieces.count - 1] = .text(before + text)
    } else {
      pieces.append(.text(String(text)))
    }
  }
}

extension Phrase {
  /// One behind the other, with nothing between them.
  static func joined(_ phrases: [Phrase]) -> Phrase {
    Phrase(pattern: (0..<phrases.count).map { "{\($0 + 1)}" }.joined(), values: phrases.map { .phrase($0) })
  }

  /// As a sentence lists them.
  static func list(_ phrases: [Phrase]) -> Phrase {
    guard let first = phrases.first else { return "" }
    return phrases.dropFirst().reduce(first) { "\($0), \($1)" }
  }
}
