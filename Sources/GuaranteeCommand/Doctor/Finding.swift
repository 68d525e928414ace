import GuaranteeLedger

/// What a check of the installation has found.
struct Finding {
  enum State: String {
    case ok, warning, problem
  }

  /// What was looked at, as a code.
  let check: String
  let state: State
  let found: Phrase
  /// What to do; `nil` when there is nothing to do.
  let advice: Phrase?

  static func ok(_ check: String, _ found: Phrase) -> Finding {
    Finding(check: check, state: .ok, found: found, advice: nil)
  }

  static func warning(_ check: String, _ found: Phrase, _ advice: Phrase) -> Finding {
    Finding(check: check, state: .warning, found: found, advice: advice)
  }

  static func problem(_ check: String, _ found: Phrase, _ advice: Phrase? = nil) -> Finding {
    Finding(check: check, state: .problem, found: found, advice: advice)
  }
}

/// Findings as they are printed.
enum FindingOutput {
  static let columns = ["check", "state", "found", "advice"].map { OutputColumn($0) }

  /// For programs.
  static func row(_ finding: Finding) -> [String?] {
    [finding.check, finding.state.rawValue, shown(finding.found), finding.advice.map(begun)]
  }

  /// For people: the state in words, what was looked at, what was found, and below it what to do.
  static func lines(_ finding: Finding, nameWidth: Int, columns: Int, isStyled: Bool) -> [String] {
    let state = CodeName.shown(finding.state.rawValue, as: "state")
    let tone = Tone(of: finding.state.rawValue, in: OutputColumn("state"))
    let name = title(of: finding.check)
    let start =
      (isStyled ? tone.styled(state) : state)
      + String(repeating: " ", count: max(1, stateWidth - DisplayWidth.of(state))) + name
      + String(repeating: " ", count: nameWidth - DisplayWidth.of(name) + 2)
    let indent = stateWidth + nameWidth + 2
    func folded(_ text: String) -> [String] {
      LineFolding.folded(
        TerminalText.safe(text), columns: max(columns, indent + 20), indent: indent, start: indent,
        breakingWords: true)
    }
    var lines = folded(shown(finding.found))
    lines[0] = start + lines[0]
    guard let advice = finding.advice else { return lines }
    var below = folded(begun(advice))
    below[0] = String(repeating: " ", count: indent) + below[0]
    return lines + below
  }

  static func title(of check: String) -> String {
    CodeName.name(of: check, as: "examination")
      ?? String(check.map { $0 == "_" ? " " : $0 })
  }

  private static let stateWidth = 9

  /// As a sentence of its own.
  private static func begun(_ phrase: Phrase) -> String {
    let text = shown(phrase)
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  private static func shown(_ phrase: Phrase) -> String { HiddenPasswords.hiding(in: phrase.text) }
}
