/// A letter with blanks: HTML in which `{{name}}` stands for a value, `{{#name}}…{{/name}}` is there for each of several
/// things or when there is a value, and `{{^name}}…{{/name}}` when there is none, as Mustache has it.
///
/// It is no program: it reads nothing, runs nothing, and every value is escaped.
struct LetterTemplate {
  indirect enum Piece: Equatable {
    case text(String)
    case value(String, line: Int)
    case section(String, isInverted: Bool, [Piece], line: Int)
  }

  /// Where it comes from, as errors name it.
  let file: String
  /// What the letter is called.
  let title: String
  /// The events that it is written about.
  let events: [String]
  let pieces: [Piece]

  /// Something in a template that can't be understood.
  struct Mistake: Error {
    let line: Int
    let reason: Phrase

    func failure(in file: String) -> Failure {
      Failure(.unreadableInput, "\(file), line \(line): \(reason)")
    }
  }

  /// - Parameter file: What errors call it.
  /// - Throws: `Failure` that names the file, the line and what is wrong there.
  init(_ text: String, file: String) throws(Failure) {
    self.file = file
    do throws(Mistake) {
      if text.lowercased().contains("<script") {
        throw Mistake(line: 1, reason: "A letter runs nothing: take <script> out of its template.")
      }
      var parser = LetterParser(text)
      pieces = try parser.pieces()
      guard let events = parser.heading["events"], !events.isEmpty else {
        throw Mistake(
          line: 1,
          reason: "The template doesn't say what it is about: begin it with {{! events: lodge_security }}.")
      }
      self.events = events.split(separator: " ").map(String.init)
      title = parser.heading["title"] ?? file
    } catch {
      throw error.failure(in: file)
    }
  }
}

/// Reads a template from its beginning to its end.
struct LetterParser {
  private var rest: Substring
  private var line = 1
  /// What the first comment says, name by name.
  private(set) var heading: [String: String] = [:]
  private var isBegun = false

  init(_ text: String) { rest = text[...] }

  /// - Throws: `LetterTemplate.Mistake`.
  mutating func pieces() throws(LetterTemplate.Mistake) -> [LetterTemplate.Piece] {
    try pieces(until: nil, openedOn: 1)
  }

  private mutating func pieces(until name: String?, openedOn opened: Int) throws(LetterTemplate.Mistake)
    -> [LetterTemplate.Piece]
  {
    var found: [LetterTemplate.Piece] = []
    while let start = rest.firstRange(of: "{{") {
      add(rest[..<start.lowerBound], to: &found)
      let tag = try tag(from: start.upperBound)
      let word = tag.dropFirst().trimmingSpaces
      switch tag.first {
      case "!": readHeading(tag.dropFirst())
      case "#", "^":
        try check(word)
        let begun = line
        let inner = try pieces(until: word, openedOn: begun)
        found.append(.section(word, isInverted: tag.first == "^", inner, line: begun))
      case "/":
        guard word == name else {
          throw mistake(
            name.map { "{{/\(word)}} closes what is not open: {{/\($0)}} is expected." }
              ?? "{{/\(word)}} closes what is not open.")
        }
        return found
      case "{", "&", ">", "=", "%", "$", "<":
        throw mistake("{{\(tag)}} is none of what a template may have: values, sections and comments.")
      default:
        let word = tag.trimmingSpaces
        try check(word)
        found.append(.value(word, line: line))
      }
      isBegun = true
    }
    if let name {
      throw LetterTemplate.Mistake(line: opened, reason: "{{#\(name)}} is never closed by {{/\(name)}}.")
    }
    add(rest, to: &found)
    rest = ""
    return found
  }

  private mutating func add(_ text: Substring, to pieces: inout [LetterTemplate.Piece]) {
    line += text.count { $0.isNewline }
    if !text.isEmpty { pieces.append(.text(String(text))) }
  }

  /// What stands between the braces.
  private mutating func tag(from start: String.Index) throws(LetterTemplate.Mistake) -> Substring {
    guard let end = rest[start...].firstRange(of: "}}") else { throw mistake("{{ is never closed by }}.") }
    let tag = rest[start..<end.lowerBound]
    line += tag.count { $0.isNewline }
    rest = rest[end.upperBound...]
    // A tag that is no value stands on a line of its own without leaving an empty one.
    if let first = tag.first, "!#^/".contains(first), rest.first?.isNewline == true {
      rest.removeFirst()
      line += 1
    }
    return tag
  }

  private mutating func readHeading(_ comment: Substring) {
    guard !isBegun else { return }
    for line in comment.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingSpaces }
      if parts.count == 2 { heading[parts[0]] = parts[1] }
    }
  }

  private func check(_ word: String) throws(LetterTemplate.Mistake) {
    guard !word.isEmpty, word.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
      throw mistake("'\(word)' is no name of a value.")
    }
  }

  private func mistake(_ reason: Phrase) -> LetterTemplate.Mistake {
    LetterTemplate.Mistake(line: line, reason: reason)
  }
}
