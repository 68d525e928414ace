import ArgumentParser
import GuaranteeLedger

/// An event written field by field on a terminal: asked for, looked at, and agreed to.
struct EventEntry {
  let ledger: Ledger
  let command: any EventCommand.Type
  let dialogue = Dialogue()
  /// The office that the person works for; `nil` when no profile says.
  let usualOffice: String?
  /// The fields, key and date that are known, by the event's own names.
  private(set) var given: [String: String]
  private var today = ""

  init(
    _ command: any EventCommand.Type, given: [String: String], in ledger: Ledger, office: String?
  ) {
    self.ledger = ledger
    self.command = command
    self.given = given
    usualOffice = office
  }

  /// The date as if it were one of the event's own fields.
  private static let date = EventFlag(
    field: "on", flag: "on", isRequired: true, meaning: "Legal or value date", values: [])

  /// Asks for what is not given, shows what the event would do, and asks whether to record it.
  ///
  /// - Returns: Whether it is to be recorded.
  mutating func complete() async throws -> Bool {
    today = try await ledger.today().description
    try dialogue.say(
      "\(Phrase(said: command.configuration.abstract)) (^C leaves everything as it is; ? explains a field.)")
    for flag in command.flags + [Self.date] where given[flag.field] == nil { try await askFor(flag) }
    if given["key"] == nil { given["key"] = EventKey.new(for: command.eventName) }
    while true {
      if let refusal = try await refusal() {
        try dialogue.say("This would be refused. \(await refusal.sentence(of: event, in: ledger))")
        try dialogue.say("'guarantee help refusal \(refusal.code.rawValue)' explains it.")
        guard try await change() else { return false }
        continue
      }
      switch try dialogue.consent("Record it?") {
      case .yes: return true
      case .no: return false
      case .change: _ = try await change()
      }
    }
  }

  /// Shows what the event would do, or else why it would be refused.
  private func refusal() async throws -> LedgerRefusal? {
    var output = OutputOptions()
    output.output = .table
    try dialogue.say("")
    let refusal = try await Preview.show(event, in: ledger, output, to: .standardError())
    if refusal == nil { try dialogue.say("") }
    return refusal
  }

  /// Asks for one of the fields anew.
  ///
  /// - Returns: Whether there was one to ask for.
  private mutating func change() async throws -> Bool {
    let flags = command.flags + [Self.date]
    let fields = flags.map { flag in
      AnswerChoice(
        flag.field, label: FieldName.shown(flag.field), meaning: given[flag.field] ?? "",
        names: [CodeName.shown(flag.field, as: "column")])
    }
    while true {
      let field = try dialogue.choose("Change which (Enter: none)", among: fields, default: nil)
      if field.isEmpty { return false }
      if let flag = flags.first(where: { $0.field == field }) {
        given[field] = nil
        try await askFor(flag)
        return true
      }
      try dialogue.say("'\(field)' is none of them.")
    }
  }

  /// The event as far as it is written.
  var event: Event {
    let fields = given.filter { $0.key != "on" && $0.key != "key" }
    return Event(key: given["key"] ?? "", on: given["on"] ?? "", name: command.eventName, fields: fields)
  }

  private mutating func askFor(_ flag: EventFlag) async throws {
    if flag.field == "amount" {
      for line in try await ledger.needs(of: command.eventName, given: given) {
        try dialogue.say("  \(Phrase(said: line))")
      }
    }
    let choices = try await ledger.choices(for: flag.field, of: command.eventName, given: given).map {
      AnswerChoice($0, of: flag.field)
    }
    var likely = flag.isRequired ? try await likelyValue(of: flag.field, among: choices) : nil
    var shown = try dialogue.list(choices)
    let name = FieldName.shown(flag.field)
    let question: Phrase = flag.isRequired ? "\(name)" : "\(name) (Enter: none)"
    while true {
      let answer = try dialogue.ask(
        likely.map { "\(question) [\($0)]:" } ?? "\(question):", candidates: choices.map(\.value))
      let meant = Answer.meant(by: answer, shown: shown, among: choices)
      if ["?", "？"].contains(answer) {
        try dialogue.say("  \(Phrase(said: flag.meaning)).")
        try dialogue.list(shown)
      } else if answer.isEmpty, likely == nil {
        if !flag.isRequired { return }
        try dialogue.say("\(name) is needed.")
      } else if let value = try await taken(likely.flatMap { answer.isEmpty ? $0 : nil } ?? meant, flag) {
        if !answer.isEmpty, value != answer { try dialogue.say("  = \(value)") }
        given[flag.field] = value
        return
      } else if case let near = Answer.matching(answer, choices), !near.isEmpty {
        shown = try dialogue.list(near)
        if near.count == 1 { likely = near[0].value }
      } else {
        try dialogue.say(try await complaint(about: meant, flag, among: choices))
      }
    }
  }

  /// The value as the field takes it, whichever way it was written; `nil` when it takes it in none.
  private func taken(_ value: String, _ flag: EventFlag) async throws -> String? {
    for reading in [value] + Answer.readings(of: value, today: today)
    where try await problem(with: reading, flag) == nil { return reading }
    return nil
  }

  private func problem(with value: String, _ flag: EventFlag) async throws -> String? {
    try await ledger.problem(with: value, for: flag.field, of: command.eventName, given: given)
  }

  private func complaint(
    about value: String, _ flag: EventFlag, among choices: [AnswerChoice]
  ) async throws -> Phrase {
    let problem = Phrase(said: try await problem(with: value, flag) ?? "")
    return "\(problem)\(Nearest.question(Nearest.names(to: value, among: choices.map(\.value))))"
  }

  /// What Enter stands for. What only one thing can be, it is likely to be.
  private func likelyValue(of field: String, among choices: [AnswerChoice]) async throws -> String? {
    if field == Self.date.field { return today }
    if field == "office", let usualOffice { return usualOffice }
    if choices.count == 1 { return choices[0].value }
    return try await ledger.likelyValue(for: field, of: command.eventName, given: given)
  }
}

extension AnswerChoice {
  /// A value that a field may have, with what it is called in the language that is spoken.
  init(_ choice: FieldChoice, of field: String) {
    let context = ["true", "false"].contains(choice.value) ? "boolean" : field
    let name = choice.meaning.isEmpty ? CodeName.name(of: choice.value, as: context) : nil
    let meaning = name ?? Phrase(said: choice.meaning).text
    self.init(choice.value, meaning: meaning, names: [choice.meaning, meaning].filter { !$0.isEmpty })
  }
}
