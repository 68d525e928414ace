import GuaranteeLedger

/// What was probably meant where a refused event names what isn't there. Only people are told: what programs read of a
/// refusal is the same whatever else the ledger has.
struct MeantNames {
  /// Of more names nobody reads it, and each is looked for among all that there are.
  private static let most = 10

  private var lookups = 0
  private var questions: [Name: Phrase] = [:]

  private struct Name: Hashable {
    let event: String
    /// What was asked for.
    let value: String
  }

  /// The refusal's sentence with ` Did you mean 'this'?` behind it, where something is written like the name.
  mutating func sentence(_ refusal: LedgerRefusal, of event: Event, in ledger: Ledger) async -> Phrase {
    let said = Phrase(said: refusal.message)
    // To members, what isn't there is what is not theirs, whichever of the event's names that is.
    if refusal.code == .notPermitted {
      return Phrase.joined([said, await question(about: nil, of: event, in: ledger) ?? ""])
    }
    guard let asked = refusal.asked, event.fields.values.contains(asked) else { return said }
    let name = Name(event: event.name, value: asked)
    if questions[name] == nil { questions[name] = await question(about: asked, of: event, in: ledger) }
    return Phrase.joined([said, questions[name] ?? ""])
  }

  /// - Parameter asked: One of the event's names; `nil` for the first that names nothing.
  /// - Returns: `nil` when enough was looked for.
  private mutating func question(about asked: String?, of event: Event, in ledger: Ledger) async -> Phrase? {
    guard lookups < Self.most else { return nil }
    lookups += 1
    let unknown = try? await ledger.unknownNames(event.fields, of: event.name)
    return unknown?.first { asked == nil || $0.value == asked }?.question ?? ""
  }
}

extension LedgerRefusal {
  /// Its sentence for people, with what was probably meant.
  func sentence(of event: Event, in ledger: Ledger) async -> Phrase {
    var names = MeantNames()
    return await names.sentence(self, of: event, in: ledger)
  }
}
