/// Writes the templates of letters into the program, by their names, each whole: what letters share stands in files of
/// the folder `Parts`, and goes where a line says `{{> NAME}}`, in the letter's own language where there is one.
struct LetterFiles {
  private let letters: [SourceFile]
  private let parts: [String: String]

  init(files: [SourceFile]) {
    letters = files.filter { !$0.path.contains("/Parts/") }
    parts = Dictionary(
      files.filter { $0.path.contains("/Parts/") }.map { (Self.name(of: $0), $0.text) },
      uniquingKeysWith: { first, _ in first })
  }

  /// - Throws: `ToolError` for a part that is not there.
  var swift: String {
    get throws {
      let entries = try letters.map {
        "    \(quoted(Self.name(of: $0))): \(rawLiteral(try whole($0))),\n"
      }
      return """
        /// The templates of letters that the program brings, by their files' names.
        enum GeneratedLetters {
          static let files: [String: String] = [
        \(entries.joined())  ]
        }

        """
    }
  }

  private static func name(of file: SourceFile) -> String {
    String(file.path.split(separator: "/").last ?? "")
  }

  private func whole(_ letter: SourceFile) throws -> String {
    let name = Self.name(of: letter)
    let language = name.split(separator: ".").dropFirst().first ?? ""
    let heading = letter.text.split(separator: "\n").first { $0.hasPrefix("title: ") } ?? ""
    return try expanded(letter.text, language: String(language), of: name)
      .replacing("{{title}}", with: heading.dropFirst("title: ".count))
  }

  private func expanded(_ text: String, language: String, of letter: String) throws -> String {
    try text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.hasPrefix("{{> "), line.hasSuffix("}}") else { return String(line) }
      let name = line.dropFirst(4).dropLast(2)
      guard let part = parts["\(name).\(language).html"] ?? parts[String(name)] else {
        throw ToolError("\(letter): there is no part '\(name)' of letters")
      }
      return try expanded(String(part.dropLast()), language: language, of: letter)
    }.joined(separator: "\n")
  }
}
