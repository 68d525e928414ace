/// A field of one event.
struct FieldRule {
  let name: String
  let isRequired: Bool
  /// A type of `fields.csv`; `text` where it says nothing.
  let type: String
  /// The admissible values where they are few and named.
  let values: [String]
  let meaning: String
  /// What its values name; empty when they name nothing that is there.
  let refersTo: String
  /// The type that the field's codes have; `nil` where its values are no codes of the rules.
  let codeType: String?
}

/// What `fields.csv` says of fields: a row for one event goes before the row for all.
struct FieldRules {
  private var rows: [String: [String: String]] = [:]
  private var instruments: [String: [String]] = [:]

  init(fields: [[String: String]], postings: [[String: String]]) {
    for row in fields { rows["\(row["event"] ?? "") \(row["field"] ?? "")"] = row }
    for row in postings {
      guard let event = row["event"], let instrument = row["instrument"], !instrument.isEmpty else {
        continue
      }
      if instruments[event, default: []].contains(instrument) { continue }
      instruments[event, default: []].append(instrument)
    }
  }

  /// - Parameter subject: what the event is about, as `events.csv` says.
  func rule(_ field: String, of event: String, about subject: String, isRequired: Bool) -> FieldRule {
    let own = rows["\(event) \(field)"]
    let row = own ?? rows[" \(field)"] ?? [:]
    let type = row["type"].flatMap { $0.isEmpty ? nil : $0 } ?? "text"
    var values = (row["values"] ?? "").split(separator: " ").map(String.init)
    // The instruments that an event takes are those it has postings for.
    if type == "instrument" && values.isEmpty { values = instruments[event] ?? [] }
    return FieldRule(
      name: field, isRequired: isRequired, type: type, values: values, meaning: row["meaning"] ?? "",
      refersTo: row["refers_to"] ?? "",
      codeType: Self.codeType(
        of: type, isNamed: !values.isEmpty, field: own == nil ? field : "\(subject) \(field)"))
  }

  /// A choice has a type called as the field; where events of one subject have a choice of their own, called as
  /// both: `PartyKind`.
  private static func codeType(of type: String, isNamed: Bool, field: String) -> String? {
    switch type {
    case "instrument", "instruments": return CodeTypes.Name.instrument
    case "currency": return CodeTypes.Name.currency
    case "choice" where isNamed:
      var name = Identifier(field).stem
      while TypedEvents.takenTypes.contains(name) { name += "Value" }
      return name
    default: return nil
    }
  }
}
