import GuaranteeLedger

/// Questions on a terminal, with what the answers may be.
struct Dialogue {
  /// Whether there is somebody to ask.
  static var isPossible: Bool { Terminal.isStandardInput && Terminal.isStandardError }

  private let sink = ByteSink.standardError()

  func say(_ text: Phrase) throws {
    try sink.write(TerminalText.safeLines(text.text) + "\n")
    try sink.flush()
  }

  /// The answer without spaces around it; an empty one when only Enter was typed.
  ///
  /// - Throws: `Failure` when there is no more input.
  func ask(_ question: Phrase) throws -> String {
    try sink.write(TerminalText.safe(question.text) + " ")
    try sink.flush()
    guard let line = readLine() else {
      try sink.write("\n")
      try sink.flush()
      throw Failure(.interrupted, "Stopped: nothing was recorded.")
    }
    return line.trimmingSpaces
  }

  /// Whether the answer is yes; asked until it is one of both.
  func confirm(_ question: Phrase) throws -> Bool {
    while true {
      switch try ask("\(question) [y/n]").lowercased() {
      case "y", "yes", "是": return true
      case "n", "no", "否": return false
      default: try say("Please answer y or n.")
      }
    }
  }

  /// One of the choices by its number or its own text, or any other text.
  func choose(_ question: Phrase, among choices: [FieldChoice], default chosen: String?) throws -> String {
    let shown = choices.prefix(Self.mostChoices)
    let width = shown.map { DisplayWidth.of($0.value) }.max() ?? 0
    for (index, choice) in shown.enumerated() {
      let padding = String(repeating: " ", count: width - DisplayWidth.of(choice.value))
      let meaning = choice.meaning.isEmpty ? "" : padding + "  " + Phrase(said: choice.meaning).text
      try say(Phrase(verbatim: "  \(index + 1)) \(choice.value)\(meaning)"))
    }
    if choices.count > shown.count { try say("  and \(choices.count - shown.count) more") }
    let answer = try ask(chosen.map { "\(question) [\($0)]:" } ?? "\(question):")
    if answer.isEmpty { return chosen ?? "" }
    // A code that is itself a number goes before the number of a choice.
    if choices.contains(where: { $0.value == answer }) { return answer }
    guard let number = Int(answer), shown.indices.contains(number - 1) else { return answer }
    return shown[number - 1].value
  }

  private static let mostChoices = 12
}
