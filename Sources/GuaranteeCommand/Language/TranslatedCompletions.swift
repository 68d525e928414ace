/// The script by which a shell completes words, with what it says of them in another language.
///
/// Only zsh and fish show descriptions.
enum TranslatedCompletions {
  static func text(_ script: String) -> String {
    if Language.current == .english { return script }
    let translated: (Substring) -> String
    if script.hasPrefix("#compdef") {
      translated = zsh
    } else if script.contains("__guarantee_should_offer_completions") {
      translated = fish
    } else {
      return script
    }
    return script.split(separator: "\n", omittingEmptySubsequences: false).map(translated)
      .joined(separator: "\n")
  }

  /// `'--office[The office.]:office:…'`, and `'record:Records files.'` of a command.
  private static func zsh(_ line: Substring) -> String {
    if let found = line.firstMatch(of: /^( +'[a-z-]+:)(.*)'$/) {
      return String(found.output.1) + said(found.output.2, escaping: "") + "'"
    }
    guard let found = line.firstMatch(of: /^( +'?[^\[]*'?[^\[]*\[)((?:[^\]\\]|\\.)*)(\].*)$/) else {
      return String(line)
    }
    return String(found.output.1) + said(found.output.2, escaping: ":[]") + String(found.output.3)
  }

  /// `… -d 'The office.' …`
  private static func fish(_ line: Substring) -> String {
    String(line.replacing(#/ -d '((?:[^'\\]|\\.)*)'/#) { " -d '" + said($0.output.1, escaping: "") + "'" })
  }

  /// A description as the shell has it quoted, in the language that is spoken.
  private static func said(_ quoted: Substring, escaping marks: String) -> String {
    let plain = quoted.replacing("'\\''", with: "'").replacing(/\\(.)/) { $0.output.1 }
    let english = String(plain)
    let text = TranslatedHelp.meaning(of: "", english)
    guard text != english else { return String(quoted) }
    return text.reduce("") { result, character in
      switch character {
      case "'": result + "’"
      case _ where marks.contains(character): result + "\\" + String(character)
      default: result + String(character)
      }
    }
  }
}
