/// Writes what the rules say of each event and each refusal, as pages for people.
struct HelpPages {
  private let rules: Rules
  private let events: [[String: String]]
  private let transitions: [[String: String]]
  private let postings: [[String: String]]
  private let deadlines: [[String: String]]
  private let guards: [[String: String]]
  private let refusals: [[String: String]]
  private let accounts: [String: [String: String]]

  init(rules: Rules, files: [SourceFile]) throws {
    func rows(_ name: String) throws -> [[String: String]] {
      try files.first { $0.path == "rules/\(name).csv" }.map(Table.init)?.rows ?? []
    }
    self.rules = rules
    events = try rows("events")
    transitions = try rows("transitions")
    postings = try rows("postings")
    deadlines = try rows("deadlines")
    guards = try rows("guards")
    refusals = try rows("refusals")
    accounts = Dictionary(try rows("accounts").map { ($0["role"] ?? "", $0) }) { first, _ in first }
  }

  var swift: String {
    let eventPages = rules.events.map { page($0.name, $0.meaning, text(of: $0)) }
    let refusalPages = rules.refusals.map { page($0.code, $0.meaning, text(of: $0)) }
    return """

      /// What the rules say of each of their codes.
      enum GeneratedPages {
        static let events = [\(eventPages.joined(separator: ", "))]
        static let refusals = [\(refusalPages.joined(separator: ", "))]
      }

      """
  }

  private func page(_ code: String, _ summary: String, _ text: String) -> String {
    "RulesPage(code: \(quoted(code)), summary: \(quoted(summary)), text: \(rawLiteral(text)))"
  }

  // MARK: Events

  private func text(of event: EventRule) -> String {
    let row = events.first { $0["event"] == event.name } ?? [:]
    var sections = [Self.wrapped("\(event.name): \(event.meaning).", by: 0)]
    sections.append("Command: guarantee \(event.noun) \(event.verb) --help")
    sections.append(section("Fields", event.fields.map(Self.line)))
    sections.append(section("When", moves(of: event.name)))
    sections.append(section("Entries", entries(of: event.name)))
    sections.append(section("Deadlines", clock(of: event.name)))
    if row["approval"] == "yes" {
      sections.append("A second person has to approve it, unless the ledger is one person's.")
    }
    sections.append(section("Refused when", refusals(of: event.name)))
    return sections.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private static func line(_ field: FieldRule) -> String {
    let values = field.values.isEmpty ? "" : " (\(field.values.joined(separator: ", ")))"
    return "\(field.name)\(field.isRequired ? "" : ", if there is one"): \(field.meaning)\(values)"
  }

  private func moves(of event: String) -> [String] {
    transitions.filter { $0["event"] == event }.map { row in
      let machine = row["machine"] ?? ""
      let from = row["from"] ?? ""
      let to = row["to"] ?? ""
      let outcome = row["outcome"].map { $0.isEmpty || $0 == "given" ? "" : ", outcome \($0)" } ?? ""
      if from.isEmpty { return "begins a \(machine), which is then \(to)" }
      return from == to
        ? "the \(machine) is \(from)" : "the \(machine) is \(from): it is then \(to)\(outcome)"
    }
  }

  private func entries(of event: String) -> [String] {
    postings.filter { $0["event"] == event }.map { row in
      let instrument = row["instrument"].map { $0.isEmpty ? "" : "\($0): " } ?? ""
      return "\(instrument)debit \(account(row["debit"])), credit \(account(row["credit"]))"
    }
  }

  private func account(_ role: String?) -> String {
    let names = accounts[role ?? ""].map { " (\($0["name_en"] ?? ""), \($0["name_zh"] ?? ""))" } ?? ""
    return (role ?? "") + names
  }

  private func clock(of event: String) -> [String] {
    deadlines.flatMap { row -> [String] in
      let procedure = row["procedure"].map { $0.isEmpty ? "" : ", \(Self.words($0))" } ?? ""
      let name = row["deadline"] ?? ""
      let period = "\(row["period"] ?? "") \(Self.words(row["unit"] ?? ""))\(procedure)"
      var lines: [String] = []
      if row["starts"] == event { lines.append("starts \(name): \(period) (\(row["basis"] ?? ""))") }
      if (row["stops"] ?? "").split(separator: " ").contains(where: { $0 == event }) {
        lines.append("meets \(name), which runs \(period) from \(row["starts"] ?? "")")
      }
      let allows = (row["on_expiry"] ?? "").split(separator: ";").contains {
        $0.split(separator: " ").first.map(String.init) == event
      }
      if allows { lines.append("waits until \(name) has passed: \(period) from \(row["starts"] ?? "")") }
      return lines
    }
  }

  private func refusals(of event: String) -> [String] {
    guards.filter { row in
      let scope = (row["events"] ?? "").split(whereSeparator: { " ;".contains($0) })
      return scope.first != "every" && scope.contains { $0 == event }
    }.map { "\($0["code"] ?? ""): \($0["refuses when"] ?? "")" }
  }

  // MARK: Refusals

  private func text(of refusal: Rules.Refusal) -> String {
    let row = refusals.first { $0["code"] == refusal.code } ?? [:]
    let scope = guards.first { $0["code"] == refusal.code }?["events"] ?? "every event"
    let basis = row["basis"] ?? ""
    return [
      Self.wrapped("\(refusal.code): \(refusal.meaning).", by: 0),
      section("Asked of", [scope]),
      section("What it says", [row["message"] ?? ""]),
      section("Where it comes from", [basis]),
    ].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  // MARK: Text

  private func section(_ title: String, _ lines: [String]) -> String {
    let lines = lines.filter { !$0.isEmpty }
    return lines.isEmpty
      ? "" : ([title + ":"] + lines.map { Self.wrapped($0, by: 2) }).joined(separator: "\n")
  }

  private static func words(_ code: String) -> String { code.split(separator: "_").joined(separator: " ") }

  /// On lines that fit a terminal, those after the first further in.
  private static func wrapped(_ text: String, by indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines = [margin]
    for word in text.split(separator: " ") {
      let isFirst = lines[lines.count - 1].allSatisfy { $0 == " " }
      if !isFirst, lines[lines.count - 1].count + word.count >= 80 {
        lines.append(margin + (indent > 0 ? "  " : "") + word)
      } else {
        lines[lines.count - 1] += (isFirst ? "" : " ") + word
      }
    }
    return lines.joined(separator: "\n")
  }
}
