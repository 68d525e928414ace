/// What a pack's own rules say of events, as far as its proof needs it.
struct PackRules {
  /// One side of a double entry.
  struct Side: Sendable {
    let role: Int
    /// 1 debit, -1 credit.
    let side: Int64
  }

  struct Role {
    let name: [UInt8]
    /// Where the ledger stands among `ledgers`.
    let ledger: Int
    /// 1 debit, -1 credit.
    let normalSide: Int64
    let isOfDispute: Bool
    let isOfGuarantor: Bool
  }

  struct Step {
    let from: [UInt8]
    let to: [UInt8]
    /// What it decides; empty when nothing, `given` when the event says it.
    let outcome: String
  }

  /// A column of an event that names something registered.
  struct Naming {
    let column: String
    /// Such as `guarantor` or `lot`.
    let what: String
  }

  /// A class, since it is handed on with every event.
  final class EventRule {
    let name: String
    /// The sides by instrument, in the order of their lines; an event without instrument has the empty one.
    var sides: [[UInt8]: [Side]] = [:]
    var effects: Set<String> = []
    /// The register in which it makes a row; `nil` when in none.
    var addsTo: String?
    var names: [Naming] = []
    var stageSteps: [Step] = []
    var lotSteps: [Step] = []
    var isReversal = false
    var isOfDispute = false
    var isOfLot = false
    /// The fields that it must have, and those that it may have as well.
    var requires: [String] = []
    var optional: [String] = []

    // Asked for with every event, and known once the rules are read.
    private(set) lazy var closesBooks = effects.contains("closes_books")
    private(set) lazy var awards = effects.contains("awards")
    private(set) lazy var ordersAssistance = effects.contains("orders_assistance")
    private(set) lazy var liftsAssistance = effects.contains("lifts_assistance")

    init(name: String) { self.name = name }
  }

  private(set) var events: [EventRule] = []
  private(set) var eventIndex = ByteTable()
  private(set) var roles: [Role] = []
  private(set) var roleIndex = ByteTable()
  private(set) var ledgers: [String] = []
  /// Digits of the minor unit, by the currency's place in `currencyIndex`.
  private(set) var minorDigits: [Int] = []
  private(set) var currencyIndex = ByteTable()
  /// Every field that any event has, in their order.
  private(set) var fields: [String] = []

  /// The files that are read, by their names in `rules/`.
  static let needed = [
    "accounts", "currencies", "effects", "events", "fields", "postings", "transitions",
  ]

  /// - Parameter files: the text of each file that is needed.
  /// - Throws: `PackFault` for rules that are none.
  init(_ files: [String: [UInt8]]) throws(PackFault) {
    var tables: [String: [[String: String]]] = [:]
    for name in Self.needed {
      guard let bytes = files[name] else { throw PackFault("rules/\(name).csv", "the file is missing") }
      do {
        tables[name] = try RuleRows(bytes).rows
      } catch {
        let problem = error as? RowProblem
        throw PackFault("rules/\(name).csv", problem?.reason ?? "the file can't be read", line: problem?.line)
      }
    }
    try readCurrencies(tables["currencies"] ?? [])
    try readRoles(tables["accounts"] ?? [])
    readEvents(tables["events"] ?? [], fields: tables["fields"] ?? [])
    for row in tables["effects"] ?? [] { rule(row["event"])?.effects.insert(row["effect"] ?? "") }
    for row in tables["transitions"] ?? [] {
      let step = Step(from: Self.bytes(row["from"]), to: Self.bytes(row["to"]), outcome: row["outcome"] ?? "")
      let rule = rule(row["event"])
      if row["machine"] == "lot" { rule?.lotSteps.append(step) } else { rule?.stageSteps.append(step) }
    }
    try readPostings(tables["postings"] ?? [])
  }

  private static func bytes(_ text: String?) -> [UInt8] { Array((text ?? "").utf8) }

  private func rule(_ event: String?) -> EventRule? {
    eventIndex.index(of: Self.bytes(event)).map { events[$0] }
  }

  private mutating func readCurrencies(_ rows: [[String: String]]) throws(PackFault) {
    for row in rows {
      guard let digits = Int(row["minor_digits"] ?? ""), (0...4).contains(digits),
        currencyIndex.insert(Self.bytes(row["currency"])) == minorDigits.count
      else {
        throw PackFault("rules/currencies.csv", "\(shown(row["currency"] ?? "")) has no row that can be read")
      }
      minorDigits.append(digits)
    }
  }

  private mutating func readRoles(_ rows: [[String: String]]) throws(PackFault) {
    for row in rows {
      let (role, ledger) = (row["role"] ?? "", row["ledger"] ?? "")
      guard let side = ["debit": 1, "credit": -1][row["normal"] ?? ""] as Int64?,
        roleIndex.insert(Self.bytes(role)) == roles.count
      else { throw PackFault("rules/accounts.csv", "\(shown(role)) has no row that can be read") }
      let dimensions = (row["dimensions"] ?? "").split(separator: "+")
      if !ledgers.contains(ledger) { ledgers.append(ledger) }
      roles.append(
        Role(
          name: Self.bytes(role), ledger: ledgers.firstIndex(of: ledger) ?? 0, normalSide: side,
          isOfDispute: dimensions.contains("dispute"), isOfGuarantor: dimensions.contains("guarantor")))
    }
  }

  private mutating func readEvents(_ rows: [[String: String]], fields fieldRows: [[String: String]]) {
    let meanings = Dictionary(grouping: fieldRows) { $0["field"] ?? "" }
    for row in rows {
      let name = row["event"] ?? ""
      guard eventIndex.insert(Self.bytes(name)) == events.count else { continue }
      let rule = EventRule(name: name)
      (rule.requires, rule.optional) = (Self.words(row["requires"]), Self.words(row["optional"]))
      for field in rule.requires + rule.optional {
        // A row for this event alone counts before the field's common one.
        let found = meanings[field] ?? []
        let meaning = found.first { $0["event"] == name } ?? found.first { ($0["event"] ?? "").isEmpty }
        if let register = meaning?["adds_to"], !register.isEmpty { rule.addsTo = register }
        if let what = meaning?["refers_to"], !what.isEmpty {
          rule.names.append(Naming(column: field, what: what))
          if what == "event" { rule.isReversal = true }
        }
        for what in [meaning?["refers_to"], meaning?["adds_to"]] {
          if what == "dispute" { rule.isOfDispute = true }
          if what == "lot" { rule.isOfLot = true }
        }
      }
      events.append(rule)
    }
    fields = Self.fields(events: rows, fields: fieldRows)
  }

  /// Every field of any event: in the order of `fields.csv`, then those without a row there.
  static func fields(events: [[String: String]], fields: [[String: String]]) -> [String] {
    var left = Set(events.flatMap { words($0["requires"]) + words($0["optional"]) })
      .subtracting(["key", "on", "event"])
    return (fields.compactMap { $0["field"] } + left.sorted()).filter { left.remove($0) != nil }
  }

  private static func words(_ text: String?) -> [String] {
    (text ?? "").split(separator: " ").map(String.init)
  }

  /// No event has as many.
  private static let mostPostings = 100

  /// Sides in the order of their lines. Of an account that an event moves more than once, what takes from it comes
  /// after what adds to it.
  private mutating func readPostings(_ rows: [[String: String]]) throws(PackFault) {
    let postings = Dictionary(grouping: rows) { $0["event"] ?? "" }
    for index in events.indices {
      guard let own = postings[events[index].name] else { continue }
      guard own.count <= Self.mostPostings else {
        throw PackFault("rules/postings.csv", "\(shown(events[index].name)) has more rows than any event")
      }
      let instruments = Set(own.map { $0["instrument"] ?? "" })
      for instrument in instruments.count > 1 ? instruments.subtracting([""]) : instruments {
        var sides: [Side] = []
        for row in own where ["", instrument].contains(row["instrument"] ?? "") {
          for (column, side) in [("debit", 1), ("credit", -1)] as [(String, Int64)] {
            guard let role = roleIndex.index(of: Self.bytes(row[column])) else {
              throw PackFault("rules/postings.csv", "\(shown(row[column] ?? "")) is no account")
            }
            sides.append(Side(role: role, side: side))
          }
        }
        let isLast = sides.map { side in
          sides.count { $0.role == side.role } > 1 && side.side * roles[side.role].normalSide < 0
        }
        let ordered = [false, true].flatMap { last in zip(sides, isLast).filter { $1 == last }.map(\.0) }
        events[index].sides[Self.bytes(instrument)] = ordered
      }
    }
  }
}
