/// A table's titles and cells as people read them: codes by their names in the language that is spoken, and text that
/// cannot hurt a terminal.
///
/// Only tables are made readable: CSV and JSON are for programs, and have the same bytes in every language.
enum ReadableCell {
  /// What a column is called by people; some names mean something else beside another column.
  static func title(_ name: String, beside others: [String] = []) -> String {
    let special = others.lazy.compactMap { CodeName.name(of: name, as: "column beside \($0)") }.first
    return special ?? CodeName.shown(name, as: "column")
  }

  /// A value of a column; numbers are grouped.
  static func text(_ value: String, _ column: OutputColumn) -> String {
    switch column.kind {
    case .amount: NumberGrouping.grouped(value)
    case .boolean: CodeName.shown(value, as: "boolean")
    case .text where Language.current != .english: TerminalText.safe(translated(value, column.name))
    default: TerminalText.safe(value)
    }
  }

  private static func translated(_ value: String, _ column: String) -> String {
    switch column {
    // What stands there is asked about by its code.
    case "lacks": return CodeName.withCode(value, as: column)
    case "field": return CodeName.withCode(value, as: "column")
    case "result" where CodeName.name(of: value, as: "refusal") != nil:
      return CodeName.withCode(value, as: column)
    case "events", "instruments":
      return value.split(separator: " ").map { CodeName.shown(String($0), as: column) }.joined(separator: " ")
    case _ where sentences.contains(column):
      return CodeName.name(of: value, as: column) ?? Phrase(said: value).text
    default: return CodeName.shown(value, as: column)
    }
  }

  /// Columns that have sentences of the ledger in them.
  private static let sentences: Set<String> = [
    "message", "reason", "note", "was", "becomes", "basis", "check", "expected", "found", "done", "chosen_by",
  ]
}

/// What a cell's colour says. It says nothing that the cell doesn't: colours are for finding, words for reading.
enum Tone {
  case plain, warning, bad

  /// - Parameter value: The value as the ledger gives it, a code and not its name.
  init(of value: String, in column: OutputColumn) {
    switch (column.name, value) {
    case ("urgency", "overdue"), ("state", "passed"), ("state", "problem"): self = .bad
    case ("urgency", "urgent"), ("state", "proposed"), ("state", "late"), ("state", "warning"):
      self = .warning
    case ("working_days_left", _):
      self = Int(value).map { $0 < 1 ? .bad : $0 <= 3 ? .warning : .plain } ?? .plain
    case ("result", _):
      self = ["recorded", "replayed", "pending", "imported", "known"].contains(value) ? .plain : .bad
    case ("lacks", _): self = value.isEmpty ? .plain : .warning
    default: self = column.kind == .amount && value.hasPrefix("-") ? .bad : .plain
    }
  }

  /// The text with what makes a terminal show it so.
  func styled(_ text: String) -> String {
    switch self {
    case .plain: text
    case .warning: "\u{1B}[33m\(text)\u{1B}[0m"
    case .bad: "\u{1B}[31m\(text)\u{1B}[0m"
    }
  }
}
