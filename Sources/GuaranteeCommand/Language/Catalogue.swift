/// What the program says, in another language: made from `Language/Chinese/*.po` when the program is built.
struct Catalogue: Sendable {
  static let chinese = Catalogue(GeneratedWords.chinese)

  /// Texts by their English, of which some have blanks.
  private var texts: [String: String] = [:]
  /// Names of codes by what they are codes of, such as `stage`.
  private var names: [String: [String: String]] = [:]
  /// What comes ready-made from elsewhere, some with blanks.
  private var said: [String] = []
  /// The same to be recognised, those that say most first: only made when something isn't found as it is.
  private static let sentences = chinese.said.map(SentencePattern.init).sorted {
    ($0.literalCount, $0.text) > ($1.literalCount, $1.text)
  }

  /// - Parameter lines: records of fields with tabs between them, as `WordCatalogue` of the embedding tool writes them.
  init(_ lines: String) {
    // By bytes, as this is done whenever the program says something in this language.
    for line in lines.utf8.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { String(Substring($0)) }
      guard fields.count == 4 else { continue }
      if !fields[1].isEmpty {
        names[fields[1], default: [:]][fields[2]] = fields[3]
      } else {
        texts[fields[2]] = fields[3]
        if fields[0] == "said" { said.append(fields[2]) }
      }
    }
  }

  /// The text; `nil` when the catalogue doesn't have it. What the rules say has no full stop, and where it is a sentence
  /// it gets one.
  subscript(english: String) -> String? {
    texts[english] ?? (english.hasSuffix(".") ? texts[String(english.dropLast())].map { $0 + "。" } : nil)
  }

  /// What a code is called; `nil` when it has no name among those.
  func name(of code: String, among contexts: [String]) -> String? {
    contexts.lazy.compactMap { names[$0]?[code] }.first
  }

  /// The phrase that a ready-made sentence is, found by what the catalogue knows of its like.
  func recognised(_ sentence: String) -> Phrase {
    if sentence.isEmpty || self[sentence] != nil { return Phrase(pattern: sentence, values: []) }
    for pattern in Self.sentences {
      guard let values = pattern.values(in: sentence, where: admits) else { continue }
      return Phrase(pattern: pattern.text, values: zip(pattern.blanks, values).map(value))
    }
    return Phrase(verbatim: sentence)
  }

  /// Whether a text can stand in a blank.
  private func admits(_ value: Substring, in blank: String) -> Bool {
    switch BlankKind(blank) {
    case .anything, .words: true
    case .number: value.allSatisfy { $0.isNumber || ".,-".contains($0) }
    case .date: value.count == 10 && value.allSatisfy { $0.isNumber || $0 == "-" }
    case .code: value.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }
    case .word: !value.contains(" ")
    case .name(let context): names[context].map { $0[String(value)] != nil } ?? true
    }
  }

  private func value(_ blank: String, _ value: String) -> Phrase.Value {
    switch BlankKind(blank) {
    case .number, .date, .code, .words: return .text(value)
    case .word: return .text(name(of: value, among: ["event"]) ?? value)
    case .name(let context):
      return name(of: value, among: [context]).map { .text($0) } ?? .phrase(recognised(value))
    case .anything:
      return named(value).map { .text($0) } ?? .phrase(recognised(value))
    }
  }
}

extension Catalogue {
  /// What a code is called that may be one of several kinds, or several of them.
  private func named(_ value: String) -> String? {
    let kinds = ["stage", "state", "outcome", "role", "deadline", "instrument", "kind"]
    let names = value.split(separator: ", ").map { name(of: String($0), among: kinds) }
    let known = names.compactMap { $0 }
    return known.count == names.count && !known.isEmpty ? known.joined(separator: "、") : nil
  }
}

/// A sentence with blanks, to be recognised in what others have filled in.
struct SentencePattern: Sendable {
  let text: String
  /// The names of its blanks in their order.
  let blanks: [String]
  let literalCount: Int
  private let pieces: [Blanks.Piece]

  init(_ text: String) {
    self.text = text
    pieces = Blanks.pieces(of: text)
    blanks = Blanks.names(in: text)
    literalCount = pieces.reduce(0) { count, piece in
      if case .text(let text) = piece { count + text.utf8.count } else { count }
    }
  }

  /// What stands in the blanks, in their order; `nil` when the sentence is another one.
  ///
  /// - Parameter admits: Whether a text can stand in a blank.
  func values(in sentence: String, where admits: (Substring, String) -> Bool) -> [String]? {
    guard !blanks.isEmpty else { return nil }
    var found: [String: String] = [:]
    guard Self.match(pieces[...], sentence[...], admits, &found) else { return nil }
    return blanks.map { found[$0] ?? "" }
  }

  private static func match(
    _ pieces: ArraySlice<Blanks.Piece>, _ rest: Substring, _ admits: (Substring, String) -> Bool,
    _ found: inout [String: String]
  ) -> Bool {
    guard let piece = pieces.first else { return rest.isEmpty }
    let others = pieces.dropFirst()
    switch piece {
    case .text(let text):
      return rest.hasPrefix(text) && match(others, rest.dropFirst(text.count), admits, &found)
    case .blank(let name):
      guard case .text(let next)? = others.first else {
        guard others.isEmpty, !rest.isEmpty, admits(rest, name) else { return false }
        found[name] = String(rest)
        return true
      }
      var start = rest.startIndex
      while let place = rest[start...].firstRange(of: next) {
        let value = rest[..<place.lowerBound]
        if !value.isEmpty, admits(value, name), match(others, rest[place.lowerBound...], admits, &found) {
          found[name] = String(value)
          return true
        }
        start = rest.index(after: place.lowerBound)
      }
      return false
    }
  }
}

/// What a blank of a ready-made sentence holds, as its name says.
enum BlankKind {
  /// A sentence, or whatever the event or somebody said.
  case anything
  /// Figures, a day, a code of the program's, one word, or several: all stay as they are.
  case number, date, code, word, words
  /// A code of some kind, which is called by its name.
  case name(String)

  init(_ blank: String) {
    let kind = blank.prefix { !$0.isNumber }
    switch kind {
    case "", "asked", "there": self = .anything
    case "number": self = .number
    case "date": self = .date
    case "code": self = .code
    case "word", "event": self = .word
    case "words": self = .words
    default: self = .name(String(kind))
    }
  }
}

extension Blanks {
  /// The names of a text's blanks, each once, in the order in which they come.
  static func names(in text: String) -> [String] {
    var names: [String] = []
    for case .blank(let name) in pieces(of: text) where !names.contains(name) { names.append(name) }
    return names
  }
}
