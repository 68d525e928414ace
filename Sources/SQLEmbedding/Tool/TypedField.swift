/// A field of an event as a property of its struct.
struct TypedField {
  let rule: FieldRule
  let name: String
  let type: String
  /// What is put behind the property to get the text that is recorded.
  let toText: String

  init(_ rule: FieldRule) {
    self.rule = rule
    name = Identifier(rule.name).lower
    let question = rule.isRequired ? "" : "?"
    switch rule.type {
    case "amount", "award": (type, toText) = ("GuaranteeLedger.Amount", "\(question).description")
    case "date": (type, toText) = ("GuaranteeLedger.LedgerDate", "\(question).description")
    case "boolean": (type, toText) = ("Swift.Bool", "\(question).description")
    case "choice" where !rule.values.isEmpty, "instrument" where !rule.values.isEmpty:
      (type, toText) = (Self.choiceType(rule.name), "\(question).rawValue")
    default: (type, toText) = ("Swift.String", "")
    }
  }

  var property: String {
    documentation(rule.meaning.isEmpty ? "" : rule.meaning + ".", indent: "  ")
      + "  public var \(name): \(type)\(rule.isRequired ? "" : "?")\n"
  }

  /// The enum of the admissible values, where the field has one.
  var choices: String {
    guard toText.hasSuffix(".rawValue") else { return "" }
    let cases = rule.values.map { "    case \(Identifier($0).lower) = \(quoted($0))\n" }
    return "\n" + documentation(rule.meaning.isEmpty ? "" : rule.meaning + ".", indent: "  ")
      + "  public enum \(type): Swift.String, Sendable, CaseIterable {\n\(cases.joined())  }\n"
  }

  /// The enum's name; one that the struct needs otherwise gets `Value` behind.
  private static func choiceType(_ field: String) -> String {
    let name = Identifier(field)
    let taken: Set<String> = [
      "Swift", "GuaranteeLedger", "Sendable", "CaseIterable", "Hashable", "LedgerEvent", "Type", "Self",
      "Protocol",
    ]
    return taken.contains(name.stem) ? name.stem + "Value" : name.upper
  }
}
