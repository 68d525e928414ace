/// What the rules say of events, as far as the program is written from them.
struct Rules {
  let events: [EventRule]
  /// An example of each event, by its name: a row of the story that uses them all.
  let examples: [String: [String: String]]
  /// What the examples say in any cell but their key: an example whose key is among it is named by another.
  let valuesOfExamples: Set<String>
  /// Refusals in their order of precedence.
  let refusals: [Refusal]
  /// What else the rules name by codes.
  let codes: CodeTypes
  /// How many digits each currency's minor unit has.
  let minorDigits: [(currency: String, digits: Int)]

  struct Refusal {
    let code: String
    let meaning: String
  }

  init(files: [SourceFile]) throws {
    func table(_ name: String) throws -> Table? {
      try files.first { $0.path == "rules/\(name).csv" }.map(Table.init)
    }
    guard let events = try table("events") else { throw ToolError("rules/events.csv is missing") }
    let fields = FieldRules(
      fields: try table("fields")?.rows ?? [], postings: try table("postings")?.rows ?? [])
    let names = CommandNames(commands: try table("commands")?.rows ?? [], events: events.rows)
    self.events = try events.rows.map { try EventRule(row: $0, fields: fields, names: names) }
    let examples = try files.first { $0.path == "stories/examples.csv" }.map(Table.init)?.rows ?? []
    self.examples = Dictionary(examples.map { ($0["event"] ?? "", $0) }) { first, _ in first }
    valuesOfExamples = Set(examples.flatMap { row in row.filter { $0.key != "key" }.values })
    refusals = Self.beforeTheGuards + Self.guards(try table("guards")?.rows ?? []) + Self.ofWaiting
    codes = try CodeTypes(events: self.events) { try table($0)?.rows ?? [] }
    minorDigits = try (table("currencies")?.rows ?? []).compactMap { row in
      row["minor_digits"].flatMap { Int($0) }.map { (row["currency"] ?? "", $0) }
    }
  }

  /// What is refused before any guard is asked; these have no row in `guards.csv`.
  private static let beforeTheGuards = [
    Refusal(code: "unknown_event", meaning: "no event has this name"),
    Refusal(code: "missing_field", meaning: "a field that the event requires is absent"),
    Refusal(code: "unknown_field", meaning: "the event has no such field"),
    Refusal(code: "bad_value", meaning: "a field's value is not of its type"),
    Refusal(code: "not_permitted", meaning: "this login may not do it"),
    Refusal(code: "same_person", meaning: "who approves must not be who recorded"),
  ]

  /// What else may become of an event that waits for a second person.
  private static let ofWaiting = [
    Refusal(code: "not_pending", meaning: "nothing waits for approval under this key"),
    Refusal(code: "refused", meaning: "somebody has refused the event while it waited"),
  ]

  private static func guards(_ rows: [[String: String]]) -> [Refusal] {
    var seen = Set(beforeTheGuards.map(\.code))
    return rows.compactMap { row in
      guard let code = row["code"], !code.isEmpty, seen.insert(code).inserted else { return nil }
      return Refusal(code: code, meaning: row["refuses when"] ?? "")
    }
  }
}

/// One row of `events.csv` with its fields and the names of its command.
struct EventRule {
  let name: String
  let meaning: String
  let fields: [FieldRule]
  let noun: String
  let verb: String

  init(row: [String: String], fields: FieldRules, names: CommandNames) throws {
    guard let name = row["event"], !name.isEmpty else {
      throw ToolError("rules/events.csv: a row has no event")
    }
    func list(_ column: String) -> [String] { (row[column] ?? "").split(separator: " ").map(String.init) }
    var seen: Set<String> = ["key", "on", "event"]
    self.name = name
    meaning = row["meaning"] ?? ""
    let subject = row["subject"] ?? ""
    func rules(_ column: String, isRequired: Bool) -> [FieldRule] {
      list(column).filter { seen.insert($0).inserted }.map {
        fields.rule($0, of: name, about: subject, isRequired: isRequired)
      }
    }
    self.fields = rules("requires", isRequired: true) + rules("optional", isRequired: false)
    (noun, verb) = names.names(of: name)
  }
}
