import GuaranteeLedger

/// What the ledger knows of an event, as the values of a letter's blanks.
struct LetterFacts {
  let values: LetterValues
  let names: LetterNames
  private let facts: [EventFact]

  /// The lists of a letter by the parts of the ledger's facts.
  private static let lists = ["lot": "lots", "held": "held", "deadline": "deadlines"]
  /// Facts whose codes are called as those of another column.
  private static let contexts = ["patent": "kind"]

  init(_ facts: [EventFact]) {
    self.facts = facts
    var values = LetterValues()
    var names = LetterNames()
    for (part, list) in Self.lists {
      let own = facts.filter { $0.part == part }
      let items = own.reduce(into: [String]()) { items, fact in
        if let item = fact.item, items.last != item { items.append(item) }
      }
      names.lists[list] = Set(own.map(\.name)).union(Self.wordNames(own))
      values.lists[list] = items.map { item in Self.values(own.filter { $0.item == item }) }
    }
    let event = facts.filter { $0.part == "event" }
    let own = Self.values(event)
    values.texts = own.texts
    values.flags = own.flags
    names.single = Set(event.map(\.name)).union(Self.wordNames(event))
    self.values = values
    self.names = names
  }

  private static func wordNames(_ facts: [EventFact]) -> [String] {
    facts.contains { $0.name == "amount" } ? ["amount_in_words"] : []
  }

  private static func values(_ facts: [EventFact]) -> LetterValues {
    var values = LetterValues()
    for fact in facts {
      guard let value = fact.value else { continue }
      if fact.kind == .flag { values.flags.insert(fact.name) }
      if fact.kind == .code { values.flags.insert("\(fact.name)_is_\(value)") }
      values.texts[fact.name] = shown(value, fact)
      if fact.kind == .amount, fact.name == "amount", let words = LetterText.amountInWords(value) {
        values.texts["amount_in_words"] = words
      }
    }
    return values
  }

  private static func shown(_ value: String, _ fact: EventFact) -> String {
    switch fact.kind {
    case .text, .flag: value
    case .date: LetterText.date(value)
    case .amount: NumberGrouping.grouped(value)
    case .said: Phrase(said: value).text
    case .code:
      CodeName.name(of: value, as: contexts[fact.name] ?? fact.name)
        ?? value.split(separator: "_").joined(separator: " ")
    }
  }

  // MARK: Whether a letter can be written

  private func text(_ name: String, of part: String = "event") -> String? {
    facts.first { $0.part == part && $0.name == name }?.value ?? nil
  }

  /// The event that happened; `nil` when none has that key.
  var event: String? { text("event") }

  /// What stands against writing a letter about the event; `nil` when nothing does.
  ///
  /// - Parameters:
  ///   - near: Keys and disputes that are written like this one.
  ///   - others: The letters that are for such an event.
  func problem(
    with key: String, for template: LetterTemplate, near: [String], others: (String) -> [String]
  ) -> Failure? {
    guard let event else { return absence(of: key, near: near) }
    if let by = text("reversed_by") {
      return Failure(.refused, "'\(key)' was reversed by '\(by)': there is nothing left to write about.")
    }
    guard !template.events.contains(event) else { return nil }
    let wanted = template.events.joined(separator: ", ")
    let fitting = others(event)
    return Failure(
      .refused,
      fitting.isEmpty
        ? "'\(key)' is the event \(event), and this letter is written about \(wanted)."
        : "'\(key)' is the event \(event), and this letter is written about \(wanted). For it there is: \(fitting.joined(separator: ", "))."
    )
  }

  /// Whether an event with this key waits for a second person.
  var isPending: Bool { text("event", of: "pending") != nil }

  private func absence(of key: String, near: [String]) -> Failure {
    if isPending {
      return Failure(
        .refused,
        "'\(key)' waits for a second person and is not recorded yet: write the letter when it is approved.")
    }
    // The nearest are looked for without regard to upper and lower case.
    let written = Dictionary(near.map { ($0.lowercased(), $0) }) { first, _ in first }
    let meant = Nearest.names(to: key, among: written.keys.sorted()).compactMap { written[$0] }
    return Failure(
      .refused,
      "There is no event and no dispute '\(key)'.\(Nearest.question(meant)) 'guarantee find' looks for a part of a key."
    )
  }
}
