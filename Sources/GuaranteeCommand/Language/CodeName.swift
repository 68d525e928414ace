/// What the codes of the rules and of the reports are called by people: in English by the codes themselves.
enum CodeName {
  /// The name of a code among those of a column; the code itself where it has none.
  static func shown(_ code: String, as column: String) -> String {
    name(of: code, as: column) ?? code
  }

  /// The name of a code that people also have to type, with the code behind it.
  static func withCode(_ code: String, as column: String) -> String {
    name(of: code, as: column).map { "\($0) \(code)" } ?? code
  }

  /// `nil` in English, and where the code has no name among those of the column.
  static func name(of code: String, as column: String) -> String? {
    if Language.current == .english { return nil }
    return Catalogue.chinese.name(of: code, among: contexts[column] ?? [column])
  }

  /// Columns whose values are codes of more than one kind, or of a kind that is called otherwise.
  private static let contexts: [String: [String]] = [
    "what": ["what", "deadline", "role"], "deadline": ["deadline"], "events": ["event"],
    "subject": ["deadline"], "adds": ["noun", "value"], "stage_from": ["stage"], "stage_to": ["stage"],
    "lot_from": ["state"],
    "lot_to": ["state"], "was": ["stage", "state"], "becomes": ["stage", "state"],
    "instruments": ["instrument"], "result": ["result", "refusal"], "lacks": ["refusal"],
    "disputes": ["stage"], "lots": ["state"], "state": ["state", "due"],
    "line": ["line", "role"], "debit_role": ["role"], "credit_role": ["role"], "item": ["item"],
    "kind": ["kind", "finding"],
  ]
}

/// What the fields of events and the columns of tables are called by people.
enum FieldName {
  /// The name with the code that options and event files have.
  static func shown(_ field: String) -> String { CodeName.withCode(field, as: "column") }
}
