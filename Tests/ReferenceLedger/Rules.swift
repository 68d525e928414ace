import FoundationEssentials

/// The rules as data, read from the CSV files that the product itself is built from.
package struct Rules: Sendable {
  package struct EventRule: Sendable {
    let name: String
    let subject: String
    let requires: [String]
    let optional: [String]

    package var fields: [String] { requires + optional }
  }

  struct Transition: Sendable {
    let machine, event, from, to, outcome: String
  }

  struct Posting: Sendable {
    let event, instrument, debit, credit: String
  }

  struct AccountRule: Sendable {
    let role: String
    let ledger: String
    let isDebit: Bool
    let dimensions: [String]
  }

  struct DeadlineRule: Sendable {
    let name, starts, procedure: String
    let period: Int
    let inWorkingDays: Bool
    let stops: [String]
    let onExpiry: [ExpiryClause]
  }

  /// What a passed deadline allows: an event, perhaps from one stage only, perhaps not after another.
  struct ExpiryClause: Sendable {
    let event: String
    let stage: String?
    let unless: String?
  }

  struct Guard: Sendable {
    let code: String
    let events: Set<String>

    /// True if the row lists the event, or describes its events in prose that the check itself reads.
    func concerns(_ event: String) -> Bool {
      events.contains("every") || events.contains("but") || events.contains(event)
    }
  }

  package let events: [String: EventRule]
  let transitions: [Transition]
  let postings: [Posting]
  let accounts: [String: AccountRule]
  let deadlines: [DeadlineRule]
  let guards: [Guard]
  let workingDays: [Day: Bool]

  /// The refusal codes in their order of precedence, those about the shape of an event first.
  package var codes: [String] {
    ["unknown_event", "missing_field", "unknown_field", "bad_value"] + guards.map(\.code)
  }

  /// Reads the files of a folder such as `sql/rules`.
  package init(folder: String) throws {
    func table(_ name: String) throws -> [[String: String]] {
      CSVTable(try String(contentsOfFile: "\(folder)/\(name).csv", encoding: .utf8)).records
    }
    events = Dictionary(
      try table("events").map {
        EventRule(
          name: $0["event"]!, subject: $0["subject"]!, requires: $0["requires"].words,
          optional: $0["optional"].words)
      }.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    transitions = try table("transitions").map {
      Transition(
        machine: $0["machine"]!, event: $0["event"]!, from: $0["from"] ?? "", to: $0["to"]!,
        outcome: $0["outcome"] ?? "")
    }
    postings = try table("postings").map {
      Posting(
        event: $0["event"]!, instrument: $0["instrument"] ?? "", debit: $0["debit"]!,
        credit: $0["credit"]!)
    }
    accounts = Dictionary(
      try table("accounts").map {
        AccountRule(
          role: $0["role"]!, ledger: $0["ledger"]!, isDebit: $0["normal"] == "debit",
          dimensions: $0["dimensions"]!.split(separator: "+").map(String.init))
      }.map { ($0.role, $0) }, uniquingKeysWith: { first, _ in first })
    deadlines = try table("deadlines").map {
      DeadlineRule(
        name: $0["deadline"]!, starts: $0["starts"]!, procedure: $0["procedure"] ?? "",
        period: Int($0["period"]!)!, inWorkingDays: $0["unit"] == "working_days",
        stops: $0["stops"].words, onExpiry: ExpiryClause.list($0["on_expiry"]!))
    }
    guards = try table("guards").map { Guard(code: $0["code"]!, events: Set($0["events"].words)) }
    workingDays = Dictionary(
      try table("working-days").map { (Day($0["date"]!)!, $0["working_day"] == "true") },
      uniquingKeysWith: { _, last in last })
  }

  /// The rules of the package that this file belongs to.
  package static func ofThisPackage(file: String = #filePath) throws -> Rules {
    let folders = file.split(separator: "/")
    let root = folders[..<(folders.lastIndex(of: "Tests") ?? 0)]
    return try Rules(folder: root.map { "/" + $0 }.joined() + "/sql/rules")
  }

  /// True if an account of this role counts upwards by debits.
  package func isDebit(_ role: String) -> Bool { accounts[role]?.isDebit == true }

  /// Cash or memo.
  package func ledger(of role: String) -> String { accounts[role]?.ledger ?? "" }

  func transition(_ machine: String, _ event: String, from: String) -> Transition? {
    transitions.first { $0.machine == machine && $0.event == event && $0.from == from }
  }
}

extension Rules.ExpiryClause {
  /// Reads `lapse from detained unless serve_notice; release_lot`; a mere warning allows nothing.
  static func list(_ text: String) -> [Rules.ExpiryClause] {
    text.split(separator: ";").map { String($0).words }.filter { $0 != ["warn"] }.map { words in
      func word(after marker: String) -> String? {
        words.firstIndex(of: marker).map { words[$0 + 1] }
      }
      return Rules.ExpiryClause(
        event: words[0], stage: word(after: "from"), unless: word(after: "unless"))
    }
  }
}

extension String {
  var words: [String] { split(whereSeparator: { $0 == " " || $0 == ";" }).map(String.init) }
}

extension String? {
  var words: [String] { self?.words ?? [] }
}
