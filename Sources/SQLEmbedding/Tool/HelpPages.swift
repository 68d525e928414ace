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
    let eventPages = rules.events.map { page($0.name, $0.meaning, sections(of: $0)) }
    let refusalPages = rules.refusals.map { page($0.code, $0.meaning, sections(of: $0)) }
    return """

      /// What the rules say of each of their codes.
      enum GeneratedPages {
        static let events: [RulesPage] = [\(eventPages.joined(separator: ", "))]
        static let refusals: [RulesPage] = [\(refusalPages.joined(separator: ", "))]
      }

      """
  }

  /// A part of a page: a title, which may be empty, and lines.
  private typealias Section = (title: String, lines: [String])

  private func page(_ code: String, _ summary: String, _ sections: [Section]) -> String {
    let written = sections.filter { !$0.lines.isEmpty }.map { section in
      "RulesPage.Section(title: \(quoted(section.title)), lines: [\(section.lines.map(quoted).joined(separator: ", "))])"
    }
    return
      "RulesPage(code: \(quoted(code)), summary: \(quoted(summary)), sections: [\(written.joined(separator: ", "))])"
  }

  // MARK: Events

  private func sections(of event: EventRule) -> [Section] {
    let row = events.first { $0["event"] == event.name } ?? [:]
    let approval = "A second person has to approve it, unless the ledger is one person's."
    return [
      ("", ["\(event.name): \(event.meaning)."]),
      ("", ["Command: guarantee \(event.noun) \(event.verb) --help"]),
      ("Fields", event.fields.map(Self.line)),
      ("When", moves(of: event.name)),
      ("Entries", entries(of: event.name)),
      ("Deadlines", clock(of: event.name)),
      ("", row["approval"] == "yes" ? [approval] : []),
      ("Refused when", refusals(of: event.name)),
    ]
  }

  private static func line(_ field: FieldRule) -> String {
    let values = field.values.isEmpty ? "" : " (one of \(field.values.joined(separator: ", ")))"
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
    let names = accounts[role ?? ""].map { " (\($0["name_en"] ?? ""))" } ?? ""
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

  private func sections(of refusal: Rules.Refusal) -> [Section] {
    let row = refusals.first { $0["code"] == refusal.code } ?? [:]
    let scope = guards.first { $0["code"] == refusal.code }?["events"] ?? "every event"
    return [
      ("", ["\(refusal.code): \(refusal.meaning)."]),
      ("Asked of", [scope]),
      ("What it says", [row["message"] ?? ""].filter { !$0.isEmpty }),
      ("Where it comes from", [row["basis"] ?? ""].filter { !$0.isEmpty }),
    ]
  }

  private static func words(_ code: String) -> String { code.split(separator: "_").joined(separator: " ") }
}
