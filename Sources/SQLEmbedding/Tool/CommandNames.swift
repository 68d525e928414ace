/// How the command line calls each event: `dispute open` for `open_dispute`.
///
/// An event without a row in `commands.csv` is called by its own name: `suspend_dispute` is `dispute suspend`
/// since a known noun ends it; else the noun is its subject, or what other events of that subject use.
struct CommandNames {
  private var chosen: [String: (noun: String, verb: String)] = [:]

  /// Verbs that a noun has besides its events.
  private static let reservedVerbs: Set<String> = ["show", "list", "history", "next", "help"]

  init(commands: [[String: String]], events: [[String: String]]) {
    var taken: Set<String> = []
    for row in commands {
      guard let event = row["event"], let noun = row["noun"], let verb = row["verb"] else { continue }
      chosen[event] = (noun, verb)
      taken.insert("\(noun) \(verb)")
    }
    let nouns = Set(chosen.values.map(\.noun))
    var uses: [String: [String: Int]] = [:]
    for event in events {
      guard let noun = chosen[event["event"] ?? ""]?.noun else { continue }
      uses[event["subject"] ?? "", default: [:]][noun, default: 0] += 1
    }
    for event in events {
      guard let name = event["event"], chosen[name] == nil else { continue }
      let dashed = name.split(separator: "_").joined(separator: "-")
      let subject = event["subject"] ?? ""
      var names = Self.derived(from: dashed, subject: subject, nouns: nouns, uses: uses[subject] ?? [:])
      if taken.contains("\(names.noun) \(names.verb)") || Self.reservedVerbs.contains(names.verb) {
        names.verb = dashed
      }
      taken.insert("\(names.noun) \(names.verb)")
      chosen[name] = names
    }
  }

  func names(of event: String) -> (noun: String, verb: String) {
    chosen[event] ?? (event, event)
  }

  private static func derived(
    from dashed: String, subject: String, nouns: Set<String>, uses: [String: Int]
  ) -> (noun: String, verb: String) {
    let endings = nouns.filter { dashed.hasSuffix("-\($0)") }
    if let noun = endings.max(by: { ($0.count, $0) < ($1.count, $1) }) {
      return (noun, String(dashed.dropLast(noun.count + 1)))
    }
    if nouns.contains(subject) { return (subject, dashed) }
    let usual = uses.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    return (usual ?? (subject.isEmpty ? "event" : subject), dashed)
  }
}
