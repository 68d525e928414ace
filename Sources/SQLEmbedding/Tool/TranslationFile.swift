/// A file of translations in the form of gettext's `.po`, the part of it that is used here: comments, `msgctxt`,
/// `msgid` and `msgstr`, each of one or more quoted strings.
struct TranslationFile {
  struct Entry: Equatable {
    /// What the English is a code of, such as `stage`; empty for texts.
    var context = ""
    var english = ""
    var translated = ""
    /// Where it begins, for whoever mends it.
    var line = 0
  }

  /// The file's name without its ending.
  let name: String
  private(set) var entries: [Entry] = []

  private let path: String

  init(_ file: SourceFile) throws {
    path = file.path
    name = String((file.path.split(separator: "/").last ?? "").prefix { $0 != "." })
    var entry = Entry()
    var member: WritableKeyPath<Entry, String>?
    for (index, line) in file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      var rest = line
      for (word, path) in Self.members where line.hasPrefix(word + " ") {
        rest = line.dropFirst(word.count + 1)
        if word == "msgctxt" || word == "msgid" && member != \.context {
          try add(entry)
          entry = Entry(line: index + 1)
        }
        member = path
      }
      guard let member, rest.count > 1, rest.hasPrefix("\""), rest.hasSuffix("\"") else {
        throw ToolError("\(file.path):\(index + 1): no line of a translation")
      }
      entry[keyPath: member] += Self.unescaped(rest.dropFirst().dropLast())
    }
    try add(entry)
  }

  private static var members: [(String, WritableKeyPath<Entry, String>)] {
    [("msgctxt", \.context), ("msgid", \.english), ("msgstr", \.translated)]
  }

  private static func unescaped(_ text: Substring) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        result.append(character == "n" ? "\n" : character == "t" ? "\t" : character)
      } else if character != "\\" {
        result.append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    return result
  }

  /// Keeps an entry that is whole: it has both languages, with the same blanks, each in one line.
  private mutating func add(_ entry: Entry) throws {
    if entry == Entry() { return }
    let place = "\(path):\(entry.line): '\(entry.english)'"
    guard !entry.english.isEmpty, !entry.translated.isEmpty else {
      throw ToolError("\(place) lacks one of its languages")
    }
    guard Self.blanks(in: entry.english) == Self.blanks(in: entry.translated) else {
      throw ToolError("\(place) has other blanks in its translation")
    }
    if [entry.english, entry.translated].contains(where: { $0.contains { "\n\t".contains($0) } }) {
      throw ToolError("\(place) is more than one line")
    }
    entries.append(entry)
  }

  private static func blanks(in text: String) -> Set<Substring> {
    Set(text.matches(of: /\{([a-z0-9_]+)\}/).map(\.output.1))
  }
}
