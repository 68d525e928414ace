/// Writes the templates of letters into the program, by their names.
struct LetterFiles {
  let files: [SourceFile]

  var swift: String {
    let entries = files.map { file in
      "    \(quoted(String(file.path.split(separator: "/").last ?? ""))): \(rawLiteral(file.text)),\n"
    }
    return """
      /// The templates of letters that the program brings, and what they share, by their files' names.
      enum GeneratedLetters {
        static let files: [String: String] = [
      \(entries.joined())  ]
      }

      """
  }
}
