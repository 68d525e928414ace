/// What a recorded event changes.
extension ReferenceLedger {
  mutating func apply(_ proposal: Proposal) {
    let entries = entries(of: proposal)
    for entry in entries { balances.add(entry) }
    let event = Recorded(
      key: proposal.key, event: proposal.event, on: proposal.on, fields: proposal.fields,
      amount: proposal.amount ?? 0, entries: entries)
    recorded[event.key] = event
    applyToRegisters(proposal)
    if let name = proposal["dispute"] {
      moveDispute(name, proposal)
      if proposal.rule.subject == "lot" { moveLot(in: name, proposal) }
      disputes[name]?.history.append(event)
    }
  }

  private mutating func applyToRegisters(_ proposal: Proposal) {
    let fields = proposal.fields
    switch proposal.event {
    case "register_office":
      offices[fields["office"]!] = Office(instruments: fields["instruments"]?.words ?? ["cash"])
    case "set_working_day":
      calendar.set(Day(fields["day"]!)!, worked: fields["working_day"] == "true")
    case "close_period":
      offices[fields["office"]!]?.closedThrough = proposal.on
    case "register_party":
      parties[fields["party"]!] = fields["kind"]!
    case "register_recordal":
      let from = Day(fields["valid_from"]!)!
      recordals[fields["recordal"]!] = Recordal(
        owner: fields["party"]!, kind: fields["kind"]!, validFrom: from,
        validTo: fields["valid_to"].flatMap { Day($0) } ?? from.adding(months: 120))
    case "grant_facility":
      let currency = fields["currency"]!
      facilities[Standing(office: fields["office"]!, guarantor: fields["guarantor"]!)] = Facility(
        grantedOn: proposal.on, validTo: fields["valid_to"].flatMap { Day($0) },
        currency: currency, amount: proposal.amount!,
        consignorLimit: fields["consignor_limit"].flatMap {
          Shape.amount($0, in: fields, disputeCurrency: nil)
        })
    case "reverse":
      takeBack(fields["reverses"]!)
    default: break
    }
  }

  /// A reversed event no longer counts for anything, but its dates stay.
  private mutating func takeBack(_ key: String) {
    recorded[key]?.isReversed = true
    guard let name = recorded[key]?.fields["dispute"],
      let index = disputes[name]?.history.firstIndex(where: { $0.key == key })
    else { return }
    disputes[name]?.history[index].isReversed = true
  }

  private mutating func moveDispute(_ name: String, _ proposal: Proposal) {
    let fields = proposal.fields
    let before = disputes[name]?.stage ?? ""
    guard let row = rules.transition("dispute", proposal.event, from: before) else { return }
    if before.isEmpty {
      disputes[name] = Dispute(
        office: fields["office"]!, procedure: fields["procedure"]!, recordal: fields["recordal"]!,
        consignor: fields["consignor"]!, currency: fields["currency"]!, stage: row.to,
        stageSince: proposal.on)
    }
    if row.to != before {
      disputes[name]?.stage = row.to
      disputes[name]?.stageSince = proposal.on
    }
    guard !row.outcome.isEmpty else { return }
    let outcome = row.outcome == "given" ? fields["outcome"]! : row.outcome
    disputes[name]?.outcome = outcome
    if Guards.awarding.contains(outcome) { disputes[name]?.award = proposal.amount ?? 0 }
  }

  private mutating func moveLot(in dispute: String, _ proposal: Proposal) {
    let number = proposal["lot"]!
    let before = disputes[dispute]?.lots[number]?.state ?? ""
    guard let row = rules.transition("lot", proposal.event, from: before) else { return }
    if before.isEmpty {
      disputes[dispute]?.lots[number] = Lot(state: row.to, value: proposal.amount!)
    }
    disputes[dispute]?.lots[number]?.state = row.to
  }
}
