/// The text as a multi-line raw string literal, with as many `#` as it takes for nothing in it to end it.
///
/// A carriage return or NUL would not survive in a source file, so they become escapes of that many `#`.
func rawLiteral(_ text: String) -> String {
  var hashes = "#"
  while text.contains("\"\"\"" + hashes) || text.contains("\\" + hashes) { hashes += "#" }
  var body = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\r", "\0", "\u{FEFF}": body += "\\\(hashes)u{\(String(scalar.value, radix: 16))}"
    default: body.unicodeScalars.append(scalar)
    }
  }
  return "\(hashes)\"\"\"\n\(body)\n\"\"\"\(hashes)"
}

/// The text as a string literal on one line.
func quoted(_ text: String) -> String {
  var literal = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": literal += "\\" + String(scalar)
    case _ where scalar.value < 0x20 || scalar.value == 0x7f || scalar == "\u{FEFF}":
      literal += "\\u{\(String(scalar.value, radix: 16))}"
    default: literal.unicodeScalars.append(scalar)
    }
  }
  return literal + "\""
}

/// The text as one documentation comment, whatever line breaks it has.
func documentation(_ text: String, indent: String) -> String {
  let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  return words.isEmpty ? "" : "\(indent)/// \(words)\n"
}

/// A name of the rules, such as `hs_code`, in Swift's spelling.
struct Identifier {
  /// `hsCode`, in backticks where Swift reserves the word or could not read it bare.
  let lower: String
  /// `HsCode`, likewise.
  let upper: String
  /// `HsCode` without backticks, to put something before or behind.
  let stem: String

  init(_ name: String) {
    let words = name.split { !($0.isLetter || $0.isNumber) }
    stem = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    let first = words.first.map(String.init) ?? ""
    lower = Self.escaped(first.prefix(1).lowercased() + first.dropFirst() + stem.dropFirst(first.count))
    upper = Self.escaped(stem)
  }

  static func escaped(_ name: String) -> String {
    // Not even backticks make a member of these.
    if name.isEmpty || name == "self" { return name + "_" }
    let isBare = name.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
    let startsBare = name.unicodeScalars.first.map { $0 == "_" || $0.properties.isXIDStart } ?? false
    return isBare && startsBare && !keywords.contains(name) ? name : "`\(name)`"
  }

  /// Words that Swift reserves or that would mean something else as a member's name.
  private static let keywords: Set<String> = [
    "Any", "Protocol", "Self", "Type", "actor", "as", "associatedtype", "async", "await", "borrowing",
    "break",
    "case", "catch", "class", "consuming", "continue", "default", "defer", "deinit", "do", "else", "enum",
    "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "init",
    "inout", "internal", "is", "let", "nil", "nonisolated", "open", "operator", "package", "precedencegroup",
    "private", "protocol", "public", "repeat", "rethrows", "return", "self", "sending", "static", "struct",
    "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
  ]
}
