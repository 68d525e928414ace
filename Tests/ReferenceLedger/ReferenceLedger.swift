/// A second, plain implementation of the rules: judges one event at a time, in memory, for the tests.
///
/// It is written to be read beside the rules, not to be fast. Whatever an event leaves behind that
/// can be found again in a dispute's history is looked up there and kept nowhere else.
package struct ReferenceLedger: Sendable {
  package let rules: Rules
  var calendar: WorkingCalendar
  package internal(set) var offices: [String: Office] = [:]
  package internal(set) var parties: [String: String] = [:]
  package internal(set) var recordals: [String: Recordal] = [:]
  package internal(set) var facilities: [Standing: Facility] = [:]
  package internal(set) var disputes: [String: Dispute] = [:]
  package internal(set) var recorded: [String: Recorded] = [:]
  var balances = Balances()

  package init(rules: Rules) {
    self.rules = rules
    calendar = WorkingCalendar(rules.workingDays)
  }

  /// Records an event and says so, or that it is a replay, or why it is refused.
  package mutating func record(_ fields: [String: String], today: Day) -> String {
    let result = judge(fields, today: today)
    if result == "recorded", let proposal = proposal(fields, today: today) { apply(proposal) }
    return result
  }

  /// What `record` would answer.
  package func judge(_ fields: [String: String], today: Day) -> String {
    let shape = Shape(rules: rules, disputeCurrency: disputes[fields["dispute"] ?? ""]?.currency)
    if let code = shape.refusal(of: fields) { return code }
    guard let proposal = proposal(fields, today: today) else { return "bad_value" }
    if let before = recorded[proposal.key],
      Shape.content(of: before.fields) == Shape.content(of: fields)
    {
      return "replayed"
    }
    for row in rules.guards where row.concerns(proposal.event) {
      if Guards.checks[row.code]!(self, proposal) { return row.code }
    }
    return "recorded"
  }

  private func proposal(_ fields: [String: String], today: Day) -> Proposal? {
    guard let key = fields["key"], let rule = rules.events[fields["event"] ?? ""],
      let on = Day(fields["on"] ?? "")
    else { return nil }
    let currency = disputes[fields["dispute"] ?? ""]?.currency
    let amount = fields["amount"].flatMap {
      Shape.amount($0, in: fields, disputeCurrency: currency)
    }
    return Proposal(key: key, on: on, rule: rule, fields: fields, amount: amount, today: today)
  }
}

/// An event of good form, not yet judged.
struct Proposal {
  let key: String
  let on: Day
  let rule: Rules.EventRule
  let fields: [String: String]
  let amount: Minor?
  let today: Day

  var event: String { rule.name }

  subscript(field: String) -> String? { fields[field] }
}

package struct Office: Sendable {
  let instruments: [String]
  package internal(set) var closedThrough: Day?
}

package struct Recordal: Sendable {
  package let owner: String
  let kind: String
  let validFrom: Day
  let validTo: Day
}

/// Whose facility, and where.
package struct Standing: Hashable, Sendable {
  package let office: String
  package let guarantor: String

  package init(office: String, guarantor: String) {
    self.office = office
    self.guarantor = guarantor
  }
}

package struct Facility: Sendable {
  package let grantedOn: Day
  package let validTo: Day?
  package let currency: String
  package let amount: Minor
  package let consignorLimit: Minor?
}

package struct Lot: Sendable {
  package internal(set) var state: String
  package let value: Minor
}

package struct Dispute: Sendable {
  package let office: String
  package let procedure: String
  package let recordal: String
  package let consignor: String
  package let currency: String
  package internal(set) var stage: String
  package internal(set) var stageSince: Day
  package internal(set) var outcome: String?
  /// Nil unless the outcome gives the right holder something, be it zero.
  package internal(set) var award: Minor?
  package internal(set) var lots: [String: Lot] = [:]
  /// The dispute's events in the order in which they were recorded.
  package internal(set) var history: [Recorded] = []

  package var isDecided: Bool { stage == "decided" || stage == "closed" }
}

package struct Recorded: Sendable {
  package let key: String
  package let event: String
  package let on: Day
  package let fields: [String: String]
  let amount: Minor
  let entries: [Entry]
  package internal(set) var isReversed = false

  package var guarantor: String? { fields["guarantor"] }
  package var movedMoney: Bool { !entries.isEmpty }
}
