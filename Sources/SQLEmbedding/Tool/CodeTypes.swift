/// The kinds of codes that the rules name, each with the codes of all its rows.
struct CodeTypes {
  private(set) var all: [CodeType] = []

  /// The names of types that codes have in any case, so that a field's choices may join one of them.
  enum Name {
    static let event = "EventName"
    static let role = "AccountRole"
    static let ledger = "AccountLedger"
    static let stage = "DisputeStage"
    static let lotState = "LotState"
    static let outcome = "Outcome"
    static let deadline = "DeadlineName"
    static let instrument = "Instrument"
    static let currency = "Currency"
  }

  /// - Parameter table: the rows of a rule file; none when there is no such file.
  init(events: [EventRule], table: (String) throws -> [[String: String]]) rethrows {
    add(
      Name.event, "What can happen, as the ledger's rules name it.",
      events.map { ($0.name, $0.meaning + ".") })
    addAccounts(try table("accounts"))
    addTransitions(try table("transitions"))
    addDeadlines(try table("deadlines"))
    add(
      Name.instrument, "What a counter-guarantee is lodged as.",
      try table("postings").map { ($0["instrument"] ?? "", "") })
    add(
      Name.currency, "A currency by its ISO 4217 code.",
      try table("currencies").map { row in
        let code = row["currency"] ?? ""
        return (code, "\(code), whose minor unit has \(row["minor_digits"] ?? "") digits.")
      })
    for field in events.flatMap(\.fields) {
      guard let type = field.codeType else { continue }
      let meaning = field.meaning.isEmpty ? "What events say as `\(field.name)`" : field.meaning
      add(
        type, meaning + ".",
        field.values.map { ($0, "\(meaning): \($0.split(separator: "_").joined(separator: " ")).") })
    }
  }

  private mutating func addAccounts(_ rows: [[String: String]]) {
    add(
      Name.role, "What an account is for; together with what it is kept by, it tells one from another.",
      rows.map { ($0["role"] ?? "", "\($0["name_en"] ?? "") (\($0["name_zh"] ?? "")).") })
    add(
      Name.ledger,
      "The ledger that an account stands in; in each, debits and credits come to the same total.",
      rows.map { ($0["ledger"] ?? "", "The \($0["ledger"] ?? "") ledger.") })
  }

  private mutating func addTransitions(_ rows: [[String: String]]) {
    func reached(_ machine: String) -> [(String, String)] {
      let rows = rows.filter { $0["machine"] == machine && $0["from"] != $0["to"] }
      let events = Dictionary(grouping: rows) { $0["to"] ?? "" }
      return rows.map { row in
        let to = row["to"] ?? ""
        var names: [String] = []
        for event in (events[to] ?? []).compactMap({ $0["event"] }) where !names.contains(event) {
          names.append(event)
        }
        return (to, "Reached by \(names.map { "`\($0)`" }.joined(separator: ", ")).")
      }
    }
    add(Name.stage, "How far a dispute has come.", reached("dispute"))
    add(Name.lotState, "What has become of goods.", reached("lot"))
    // `given` says that the event's own field has the outcome.
    let outcomes = rows.filter { $0["outcome"] != "given" }
    add(
      Name.outcome, "How a dispute ended.",
      outcomes.map { ($0["outcome"] ?? "", "What `\($0["event"] ?? "")` ends a dispute with.") })
  }

  private mutating func addDeadlines(_ rows: [[String: String]]) {
    func words(_ code: String?) -> String { (code ?? "").split(separator: "_").joined(separator: " ") }
    let periods = rows.map { row in
      let procedure = row["procedure"].map { $0.isEmpty ? "" : ", \(words($0))" } ?? ""
      let period = "\(row["period"] ?? "") \(words(row["unit"])) from `\(row["starts"] ?? "")`\(procedure)"
      return (deadline: row["deadline"] ?? "", text: "\(period) (\(row["basis"] ?? ""))")
    }
    add(
      Name.deadline, "A statutory period, or the end of an undertaking.",
      periods.map { period in
        let texts = periods.filter { $0.deadline == period.deadline }.map(\.text)
        return (period.deadline, texts.joined(separator: "; ") + ".")
      })
    add(
      Name.deadline, "", [("cover_ends", "The last day on which a guarantor's undertaking covers anything.")])
  }

  private mutating func add(_ name: String, _ meaning: String, _ members: [(code: String, meaning: String)]) {
    let index = all.firstIndex { $0.name == name } ?? all.endIndex
    if index == all.endIndex { all.append(CodeType(name, meaning)) }
    for member in members { all[index].add(member.code, member.meaning) }
  }

  var swift: String { all.map(\.swift).joined(separator: "\n") }
}
