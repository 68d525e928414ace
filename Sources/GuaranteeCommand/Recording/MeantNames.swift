import GuaranteeLedger

/// What was probably meant where a refused event names what isn't there. Only people are told: what programs read of a
/// refusal is the same whatever else the ledger has.
struct MeantNames {
  /// Of more names nobody reads it, and each is looked for among all that there are.
  private static let most = 10

  private var questions: [Name: Phrase] = [:]

  private struct Name: Hashable {
    let event: String
    /// What was asked for; empty for whichever of the event's names it is.
    let value: String
  }

  /// The refusal's sentence with ` Did you mean 'this'?` behind it, where something is written like the name.
  mutating func sentence(_ refusal: LedgerRefusal, of event: Event, in ledger: Ledger) async -> Phrase {
    let said = Phrase(said: refusal.message)
    // To members, what isn't there is what is not theirs.
    let asked = refusal.code == .notPermitted ? "" : refusal.asked ?? " "
    guard asked.isEmpty || event.fields.values.contains(asked) else { return said }
    let name = Name(event: event.name, value: asked)
    if questions[name] == nil {
      guard questions.count < Self.most else { return said }
      let unknown = try? await ledger.unknownNames(event.fields, of: event.name)
      let question = unknown?.first { asked.isEmpty || $0.value == asked }?.question
      if asked.isEmpty { return Phrase.joined([said, question ?? ""]) }
      questions[name] = question ?? ""
    }
    return Phrase.joined([said, questions[name] ?? ""])
  }
}

extension LedgerRefusal {
  /// Its sentence for people, with what was probably meant.
  func sentence(of event: Event, in ledger: Ledger) async -> Phrase {
    var names = MeantNames()
    return await names.sentence(self, of: event, in: ledger)
  }
}
