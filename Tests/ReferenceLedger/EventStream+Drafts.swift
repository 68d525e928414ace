/// Fills in an event's fields so that it has a chance.
extension EventStream {
  mutating func draft(_ event: String, dispute name: String? = nil) -> Draft {
    let rule = ledger.rules.events[event]!
    var draft: Draft = ["key": "K-\(newNumber())", "event": event]
    if let name { draft["dispute"] = name }
    let optional = rule.optional.filter { _ in random.chance(percent: 40) }
    // Later fields look at earlier ones: amounts at whose they are, dates at all.
    let order = [
      "office", "recordal", "dispute", "kind", "party", "currency", "guarantor", "instrument",
      "outcome", "lot",
    ]
    let isAward = event == "decide" && random.chance(percent: 80)
    let fields = rule.requires + optional + (isAward ? ["amount"] : [])
    for field in order where fields.contains(field) && draft[field] == nil {
      draft[field] = value(of: field, in: draft)
    }
    draft["on"] = "\(date(of: draft))"
    for field in fields where draft[field] == nil { draft[field] = value(of: field, in: draft) }
    if event == "reverse" { redate(&draft) }
    return draft
  }

  /// A reversal comes a little after what it reverses.
  private mutating func redate(_ draft: inout Draft) {
    guard let event = ledger.recorded[draft["reverses"]!] else { return }
    let reached = event.fields["dispute"].map(clock) ?? event.on
    let day = max(reached, event.on) + random.below(4)
    draft["on"] = "\(min(day, EventStream.latest))"
  }

  private mutating func value(of field: String, in draft: Draft) -> String? {
    let event = draft["event"]!
    switch field {
    case "office":
      if event == "register_office" { return "OFFICE-\(newNumber())" }
      return random.pick(weighted: [("QINGDAO", 5), ("HARBIN", 2), ("DALIAN", 3)])
    case "instruments": return random.pick(["cash", "letter", "cash policy", "policy letter cash"])
    case "working_day": return random.pick(["true", "false"])
    case "party":
      return event == "register_party"
        ? "PARTY-\(newNumber())" : random.pick(parties(of: "right_holder"))
    case "kind":
      return random.pick(
        event == "register_party"
          ? ["right_holder", "consignor", "guarantor"]
          : ["invention", "utility_model", "design", "trademark", "copyright"])
    case "recordal": return recordal(for: event)
    case "right_holder": return ledger.recordals[draft["recordal"]!]?.owner ?? "HOLDER-A"
    case "consignor": return random.pick(parties(of: "consignor"))
    case "guarantor": return guarantor(for: draft)
    case "currency": return currency(for: draft)
    case "dispute":
      if event == "open_dispute" { return "D-\(newNumber())" }
      return recentDisputes.isEmpty ? "D-0" : random.pick(Array(recentDisputes))
    case "lot": return lot(for: draft)
    case "procedure": return random.pick(["ex_officio", "ex_officio", "on_application"])
    case "outcome":
      return random.pick(weighted: [("infringing", 6), ("settled", 3), ("not_infringing", 3)])
    case "instrument": return instrument(for: draft)
    case "reverses": return reversible()
    case "amount", "consignor_limit": return amountText(for: draft, field: field)
    case "day", "valid_from", "valid_to", "expires_on": return otherDate(field, in: draft)
    case "quantity": return "\(random.within(1...900))"
    case "hs_code": return random.pick(["8418.99", "8541.43", "8481.30"])
    default: return "\(field)-\(newNumber())"
    }
  }

  private mutating func recordal(for event: String) -> String {
    if event == "register_recordal" { return "R-\(newNumber())" }
    return random.pick(weighted: [
      ("P-INVENTION", 6), ("P-MODEL", 3), ("P-DESIGN", 3), ("P-OLD", 1), ("T-BRAND", 1),
      ("C-WORK", 1),
    ])
  }

  private mutating func currency(for draft: Draft) -> String {
    let facility = ledger.facilities[
      Standing(office: draft["office"]!, guarantor: draft["guarantor"] ?? "")]
    if let facility, random.chance(percent: 90) { return facility.currency }
    return random.pick(weighted: [("CNY", 16), ("USD", 2), ("JPY", 2), ("KWD", 1)])
  }

  private mutating func guarantor(for draft: Draft) -> String {
    let everyone = parties(of: "guarantor")
    guard let name = draft["dispute"], let dispute = ledger.disputes[name] else {
      return random.pick(
        random.chance(percent: 70)
          ? ["LUSHANG", "BINHAI", "BINHAI", "JIAOZHOU", "PACIFIC", "TOKIO"] : everyone)
    }
    if random.chance(percent: 6) { return random.pick(everyone) }
    let role = EventStream.source(of: draft["event"]!, draft["instrument"])
    let holding = everyone.filter { role != nil && balance(role!, draft, guarantor: $0) > 0 }
    if !holding.isEmpty { return random.pick(holding) }
    let asked = everyone.filter(dispute.hasRequestedRelease)
    if draft["event"] != "request_release", !asked.isEmpty { return random.pick(asked) }
    let fitting = everyone.filter {
      ledger.facilities[Standing(office: dispute.office, guarantor: $0)]?.currency
        == dispute.currency
    }
    if fitting.contains("BINHAI"), random.chance(percent: 40) { return "BINHAI" }
    return random.pick(fitting.isEmpty ? everyone : fitting)
  }

  private mutating func instrument(for draft: Draft) -> String {
    let all = ["cash", "letter", "policy"]
    guard let dispute = ledger.disputes[draft["dispute"] ?? ""] else { return random.pick(all) }
    if draft["event"] == "return_counter_guarantee" {
      let undertaken = balance("undertaking_held", draft, guarantor: draft["guarantor"]) > 0
      return undertaken && random.chance(percent: 80) ? random.pick(["letter", "policy"]) : "cash"
    }
    let accepted = ledger.offices[dispute.office]?.instruments ?? all
    return random.pick(random.chance(percent: 85) ? accepted + accepted.prefix(1) : all)
  }

  private mutating func lot(for draft: Draft) -> String {
    let lots = ledger.disputes[draft["dispute"] ?? ""]?.lots.sorted { $0.key < $1.key } ?? []
    if draft["event"] == "add_lot" { return "\(lots.count + 1)" }
    let from = ledger.rules.transitions.first { $0.machine == "lot" && $0.event == draft["event"] }?
      .from
    let fitting = lots.filter { $0.value.state == from }
    if !fitting.isEmpty, random.chance(percent: 90) { return random.pick(fitting).key }
    return lots.isEmpty ? "1" : random.pick(lots).key
  }

  /// The key of an event to reverse, mostly one that moved money.
  mutating func reversible() -> String {
    for _ in 0..<6 {
      let key = random.pick(random.chance(percent: 70) ? Array(keys.suffix(120)) : keys)
      if let event = ledger.recorded[key], event.movedMoney, !event.isReversed { return key }
    }
    return random.pick(keys)
  }
}
