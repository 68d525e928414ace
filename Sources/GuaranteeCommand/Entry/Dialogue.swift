import GuaranteeLedger

/// Questions on a terminal, with what the answers may be.
struct Dialogue {
  /// Whether there is somebody to ask.
  static var isPossible: Bool { Terminal.isStandardInput && Terminal.isStandardError }

  private let sink = ByteSink.standardError()

  /// Lines that fit the window; what begins further in goes on there.
  func say(_ text: Phrase) throws {
    try sink.write(TerminalText.fitted(text.text, columns: Terminal.errorColumns) + "\n")
    try sink.flush()
  }

  /// The answer without spaces around it; an empty one when only Enter was typed.
  ///
  /// - Parameter candidates: What Tab and the arrows give.
  /// - Throws: `Failure` when there is no more input, or ^C was pressed.
  func ask(_ question: Phrase, candidates: [String] = []) throws -> String {
    guard let line = try written(TerminalText.safe(question.text) + " ", candidates) else {
      throw Failure(.interrupted, "Stopped: nothing was recorded.")
    }
    return line.trimmingSpaces
  }

  private func written(_ prompt: String, _ candidates: [String]) throws -> String? {
    if WrittenLine.isPossible {
      var line = WrittenLine(prompt, candidates: candidates)
      return try line.read()
    }
    try sink.write(prompt)
    try sink.flush()
    if let line = readLine() { return line }
    try sink.write("\n")
    try sink.flush()
    return nil
  }

  enum Consent {
    case yes, no, change
  }

  /// Whether the answer is yes, or something is to be changed first; asked until it is one of these.
  func consent(_ question: Phrase) throws -> Consent {
    while true {
      switch try ask("\(question) [y: yes, n: no, c: change]").lowercased() {
      case "y", "yes", "是": return .yes
      case "n", "no", "否": return .no
      case "c", "change", "改", "修改": return .change
      default: try say("Please answer y, n or c.")
      }
    }
  }

  /// Shows what the answer may be, with a number for each.
  ///
  /// - Returns: Those that were shown.
  @discardableResult
  func list(_ choices: [AnswerChoice]) throws -> [AnswerChoice] {
    let shown = choices.prefix(Self.mostChoices)
    let width = shown.map { DisplayWidth.of($0.label) }.max() ?? 0
    for (index, choice) in shown.enumerated() {
      let number = index + 1 < 10 && shown.count > 9 ? " \(index + 1)" : "\(index + 1)"
      var line = "  \(number)) " + TerminalText.safe(choice.label)
      if !choice.meaning.isEmpty {
        line += String(repeating: " ", count: width - DisplayWidth.of(choice.label) + 2)
        let column = DisplayWidth.of(line)
        line += LineFolding.folded(
          TerminalText.safe(choice.meaning), columns: Terminal.errorColumns ?? .max, indent: column,
          start: column
        ).joined(separator: "\n")
      }
      try sink.write(line + "\n")
    }
    try sink.flush()
    if choices.count > shown.count {
      try say("  and \(choices.count - shown.count) more: write a part of what you look for, or press Tab")
    }
    return Array(shown)
  }

  /// One of the choices by its number, code or name, or any other text.
  func choose(_ question: Phrase, among choices: [AnswerChoice], default chosen: String?) throws -> String {
    let shown = try list(choices)
    let answer = try ask(
      chosen.map { "\(question) [\($0)]:" } ?? "\(question):", candidates: choices.map(\.value))
    if answer.isEmpty { return chosen ?? "" }
    return Answer.meant(by: answer, shown: shown, among: choices)
  }

  private static let mostChoices = 12
}
