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
    switch (rule.type, rule.codeType) {
    case ("amount", _), ("award", _): (type, toText) = ("GuaranteeLedger.Amount", "\(question).description")
    case ("date", _): (type, toText) = ("GuaranteeLedger.LedgerDate", "\(question).description")
    case ("boolean", _): (type, toText) = ("Swift.Bool", "\(question).description")
    case ("instruments", let code?):
      type = "[GuaranteeLedger.\(Identifier.escaped(code))]"
      toText = "\(question).map(\\.rawValue).joined(separator: \" \")"
    case (_, let code?):
      (type, toText) = ("GuaranteeLedger.\(Identifier.escaped(code))", "\(question).rawValue")
    default: (type, toText) = ("Swift.String", "")
    }
  }

  var property: String {
    documentation(rule.meaning.isEmpty ? "" : rule.meaning + ".", indent: "  ")
      + "  public var \(name): \(type)\(rule.isRequired ? "" : "?")\n"
  }
}
