import GuaranteeLedger

/// Questions on a terminal, with what the answers may be.
struct Dialogue {
  /// Whether there is somebody to ask.
  static var isPossible: Bool { Terminal.isStandardInput && Terminal.isStandardError }

  private let sink = ByteSink.standardError()

  func say(_ text: String) throws {
    try sink.write(TerminalText.safeLines(text) + "\n")
    try sink.flush()
  }

  /// The answer without spaces around it; an empty one when only Enter was typed.
  ///
  /// - Throws: `Failure` when there is no more input.
  func ask(_ question: String) throws -> String {
    try sink.write(TerminalText.safe(question) + " ")
    try sink.flush()
    guard let line = readLine() else {
      try sink.write("\n")
      try sink.flush()
      throw Failure(.interrupted, "Stopped: nothing was recorded.")
    }
    return line.trimmingSpaces
  }

  /// Whether the answer is yes; asked until it is one of both.
  func confirm(_ question: String) throws -> Bool {
    while true {
      switch try ask(question + " [y/n]").lowercased() {
      case "y", "yes": return true
      case "n", "no": return false
      default: try say("Please answer y or n.")
      }
    }
  }

  /// One of the choices by its number or its own text, or any other text.
  func choose(_ question: String, among choices: [FieldChoice], default chosen: String?) throws -> String {
    let shown = choices.prefix(Self.mostChoices)
    let width = shown.map { DisplayWidth.of($0.value) }.max() ?? 0
    for (index, choice) in shown.enumerated() {
      let padding = String(repeating: " ", count: width - DisplayWidth.of(choice.value))
      try say(
        "  \(index + 1)) \(choice.value)\(choice.meaning.isEmpty ? "" : padding + "  " + choice.meaning)")
    }
    if choices.count > shown.count { try say("  and \(choices.count - shown.count) more") }
    let answer = try ask(question + (chosen.map { " [\($0)]" } ?? "") + ":")
    if answer.isEmpty { return chosen ?? "" }
    // A code that is itself a number goes before the number of a choice.
    if choices.contains(where: { $0.value == answer }) { return answer }
    guard let number = Int(answer), shown.indices.contains(number - 1) else { return answer }
    return shown[number - 1].value
  }

  private static let mostChoices = 12
}
