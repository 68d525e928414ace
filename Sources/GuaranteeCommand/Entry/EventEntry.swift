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

  init(
    _ command: any EventCommand.Type, given: [String: String], in ledger: Ledger, office: String?
  ) {
    self.ledger = ledger
    self.command = command
    self.given = given
    usualOffice = office
  }

  /// Asks for what is not given, shows what the event would do, and asks whether to record it.
  ///
  /// - Returns: Whether it is to be recorded.
  mutating func complete() async throws -> Bool {
    try dialogue.say("\(Phrase(said: command.configuration.abstract)) (^C leaves everything as it is.)")
    for flag in command.flags where given[flag.field] == nil { try await askFor(flag) }
    if given["on"] == nil { try await askForDate() }
    if given["key"] == nil { given["key"] = EventKey.new(for: command.eventName) }
    while let refusal = try await refusal() {
      try dialogue.say("This would be refused. \(await refusal.sentence(of: event, in: ledger))")
      guard try await change() else { return false }
    }
    return try dialogue.confirm("Record it?")
  }

  /// Shows what the event would do, or else why it would be refused.
  private func refusal() async throws -> LedgerRefusal? {
    var output = OutputOptions()
    output.output = .table
    try dialogue.say("")
    return try await Preview.show(event, in: ledger, output, to: .standardError())
  }

  /// Asks for one of the fields anew.
  ///
  /// - Returns: Whether there was one to ask for.
  private mutating func change() async throws -> Bool {
    let fields = command.flags.map { FieldChoice(value: $0.field, meaning: given[$0.field] ?? "") }
    let date = FieldChoice(value: "on", meaning: given["on"] ?? "")
    while true {
      let field = try dialogue.choose("Change which (Enter: none)", among: fields + [date], default: nil)
      if field.isEmpty { return false }
      given[field] = nil
      if field == "on" {
        try await askForDate()
        return true
      }
      if let flag = command.flags.first(where: { $0.field == field }) {
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
    let choices = try await ledger.choices(for: flag.field, of: command.eventName, given: given)
    let likely = flag.isRequired ? try await likelyValue(of: flag.field, among: choices) : nil
    let name = FieldName.shown(flag.field)
    let question: Phrase = flag.isRequired ? "\(name)" : "\(name) (Enter: none)"
    while true {
      let answer = try dialogue.choose(question, among: choices, default: likely)
      if answer.isEmpty {
        if !flag.isRequired { return }
        try dialogue.say("\(name) is needed.")
      } else if let problem = try await ledger.problem(with: answer, for: flag.field, of: command.eventName) {
        try dialogue.say(Phrase(said: problem))
      } else {
        given[flag.field] = answer
        return
      }
    }
  }

  /// What Enter stands for. What only one thing can be, it is likely to be.
  private func likelyValue(of field: String, among choices: [FieldChoice]) async throws -> String? {
    if field == "office", let usualOffice { return usualOffice }
    if choices.count == 1 { return choices[0].value }
    return try await ledger.likelyValue(for: field, of: command.eventName, given: given)
  }

  private mutating func askForDate() async throws {
    let today = try await ledger.today().description
    while true {
      let answer = try dialogue.choose("\(FieldName.shown("on"))", among: [], default: today)
      guard let problem = try await ledger.problem(with: answer, for: "on", of: command.eventName) else {
        given["on"] = answer
        return
      }
      try dialogue.say(Phrase(said: problem))
    }
  }
}
