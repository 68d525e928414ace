/// What is refused, by the codes of `guards.csv`, whose rows say in which order and of which events.
///
/// A check answers whether its code applies. What asks about something that does not exist does not.
enum Guards {
  static let awarding: Set<String?> = ["infringing", "settled"]

  static let checks: [String: @Sendable (ReferenceLedger, Proposal) -> Bool] = [
    "key_conflict": { ledger, proposal in ledger.recorded[proposal.key] != nil },
    "date_in_future": { _, proposal in proposal.on > proposal.today },
    "unknown_office": { ledger, proposal in
      guard proposal.event != "register_office", let office = proposal["office"] else {
        return false
      }
      return ledger.offices[office] == nil
    },
    "unknown_party": { ledger, proposal in
      expectedKinds(proposal).contains { field, kind in ledger.parties[proposal[field]!] != kind }
    },
    "unknown_recordal": { ledger, proposal in ledger.recordals[proposal["recordal"]!] == nil },
    "unknown_dispute": { ledger, proposal in
      isAboutDispute(proposal) && ledger.dispute(of: proposal) == nil
    },
    "unknown_lot": { ledger, proposal in
      proposal.rule.subject == "lot" && proposal.event != "add_lot"
        && ledger.dispute(of: proposal) != nil && ledger.lot(of: proposal) == nil
    },
    "not_reversible": { ledger, proposal in
      guard let event = ledger.reversed(by: proposal) else { return true }
      return !event.movedMoney || event.event == "reverse" || event.isReversed
    },
    "duplicate": isDuplicate,
    "period_closed": { ledger, proposal in
      guard let office = ledger.officeName(of: proposal),
        let end = ledger.offices[office]?.closedThrough
      else { return false }
      return proposal.on <= end
    },
    "currency_mismatch": { ledger, proposal in
      guard let dispute = ledger.dispute(of: proposal) else { return false }
      if let currency = proposal["currency"] { return currency != dispute.currency }
      guard proposal.event == "lodge_counter_guarantee",
        let facility = ledger.facility(of: proposal)
      else { return false }
      return facility.currency != dispute.currency
    },
    "recordal_not_theirs": { ledger, proposal in
      guard let recordal = ledger.recordals[proposal["recordal"]!] else { return false }
      return recordal.owner != proposal["right_holder"]
    },
    "recordal_not_in_force": { ledger, proposal in
      guard let recordal = ledger.recordals[proposal["recordal"]!] else { return false }
      return proposal.on < recordal.validFrom || proposal.on > recordal.validTo
    },
    "illegal_transition": isIllegalTransition,
    "date_out_of_order": { ledger, proposal in
      guard isAboutDispute(proposal), let dispute = ledger.dispute(of: proposal) else {
        return false
      }
      return proposal.on < dispute.stageSince
    },
    "calendar_missing": { ledger, proposal in
      ledger.isTooLate(proposal) == .unknown || ledger.isAllowedByDeadline(proposal) == .unknown
    },
    "deadline_passed": { ledger, proposal in ledger.isTooLate(proposal) == .yes },
    "deadline_not_passed": { ledger, proposal in ledger.isAllowedByDeadline(proposal) == .no },
    "not_a_patent": { ledger, proposal in
      guard let dispute = ledger.dispute(of: proposal),
        let recordal = ledger.recordals[dispute.recordal]
      else { return false }
      return !Shape.patents.contains(recordal.kind)
    },
    "release_not_requested": { ledger, proposal in
      guard let dispute = ledger.dispute(of: proposal) else { return false }
      let lodges = proposal.event == "lodge_counter_guarantee"
      return !dispute.hasRequestedRelease(with: lodges ? proposal["guarantor"] : nil)
    },
    "instrument_not_accepted": { ledger, proposal in
      guard let name = ledger.officeName(of: proposal), let office = ledger.offices[name],
        let instrument = proposal["instrument"]
      else { return false }
      return !office.instruments.contains(instrument)
    },
    "no_facility": { ledger, proposal in
      guard ledger.dispute(of: proposal) != nil else { return false }
      guard let facility = ledger.facility(of: proposal) else { return true }
      return proposal.on < facility.grantedOn || facility.validTo.map { proposal.on > $0 } == true
    },
    "facility_exceeded": { ledger, proposal in
      guard let (facility, standing) = standing(ledger, proposal) else { return false }
      let exposure = ledger.exposure(standing, currency: facility.currency)
      return exposure + proposal.amount! > facility.amount
    },
    "consignor_limit_exceeded": { ledger, proposal in
      guard let (facility, standing) = standing(ledger, proposal),
        let limit = facility.consignorLimit, let consignor = ledger.dispute(of: proposal)?.consignor
      else { return false }
      let exposure = ledger.exposure(standing, currency: facility.currency) {
        $0.consignor == consignor
      }
      return exposure + proposal.amount! > limit
    },
    "security_short": isSecurityShort,
    "no_assistance_order": { ledger, proposal in
      ledger.dispute(of: proposal).map { !$0.isUnderOrder } ?? false
    },
    "goods_under_order": { ledger, proposal in
      guard let dispute = ledger.dispute(of: proposal) else { return false }
      return !dispute.isDecided && dispute.isUnderOrder
    },
    "no_undertaking": { ledger, proposal in
      guard ledger.dispute(of: proposal) != nil else { return false }
      return ledger.balances.total(of: proposal["dispute"]) {
        $0.role == "undertaking_held" && $0.guarantor == proposal["guarantor"]
      } == 0
    },
    "undertaking_expired": { ledger, proposal in
      guard let end = ledger.dispute(of: proposal)?.expiry(of: proposal["guarantor"]!)
      else { return false }
      return proposal.on > end
    },
    "cover_short": isCoverShort,
    "outcome_forbids": { ledger, proposal in
      guard let outcome = ledger.dispute(of: proposal)?.outcome else { return false }
      switch proposal.event {
      case "release_lot": return outcome == "infringing"
      case "confiscate_lot": return outcome != "infringing"
      default: return !awarding.contains(outcome)
      }
    },
    "award_exceeded": { ledger, proposal in
      guard let dispute = ledger.dispute(of: proposal) else { return false }
      return proposal.amount! > dispute.unmetAward
    },
    "award_unmet": { ledger, proposal in
      guard let name = proposal["dispute"], let dispute = ledger.disputes[name],
        awarding.contains(dispute.outcome)
      else { return false }
      if proposal.event == "discharge_lot" {
        return dispute.unmetAward > 0 && ledger.cover(of: name, on: proposal.on) > 0
      }
      let remaining = ledger.cover(of: name, on: proposal.on, after: ledger.entries(of: proposal))
      return remaining < dispute.unmetAward
    },
    "recourse_exceeded": { ledger, proposal in
      guard let dispute = ledger.dispute(of: proposal) else { return false }
      let guarantor = proposal["guarantor"]
      let paid = dispute.sum(of: ["draw", "draw_frozen", "receive_call"], guarantor: guarantor)
      return dispute.sum(of: ["claim_recourse"], guarantor: guarantor) + proposal.amount! > paid
    },
    "lot_open": { ledger, proposal in
      guard let dispute = ledger.dispute(of: proposal) else { return false }
      return dispute.lots.values.contains { ["held", "released_conditionally"].contains($0.state) }
    },
    "not_settled": { ledger, proposal in
      ledger.balances.accounts(of: proposal["dispute"]).contains {
        !["recourse_claim", "fee_receivable"].contains($0.role)
      }
    },
    "insufficient_funds": { ledger, proposal in
      var after: [Account: Minor] = [:]
      for entry in ledger.entries(of: proposal) {
        after[entry.account, default: ledger.balances[entry.account]] += entry.amount
      }
      return after.values.contains { $0 < 0 }
    },
  ]
}

/// The checks that take more than a few lines.
extension Guards {
  /// True of all events that name a dispute which must be there.
  private static func isAboutDispute(_ proposal: Proposal) -> Bool {
    ["dispute", "lot"].contains(proposal.rule.subject) && proposal.event != "open_dispute"
  }

  private static func expectedKinds(_ proposal: Proposal) -> [(field: String, kind: String)] {
    var kinds = ["guarantor", "consignor", "right_holder"].filter { proposal[$0] != nil }
      .map { (field: $0, kind: $0) }
    if proposal.event == "register_recordal" { kinds.append(("party", "right_holder")) }
    return kinds
  }

  @Sendable private static func isDuplicate(_ ledger: ReferenceLedger, _ proposal: Proposal) -> Bool {
    switch proposal.event {
    case "register_office": ledger.offices[proposal["office"]!] != nil
    case "register_party": ledger.parties[proposal["party"]!] != nil
    case "register_recordal": ledger.recordals[proposal["recordal"]!] != nil
    case "open_dispute": ledger.dispute(of: proposal) != nil
    default: ledger.lot(of: proposal) != nil
    }
  }

  @Sendable private static func isIllegalTransition(
    _ ledger: ReferenceLedger, _ proposal: Proposal
  ) -> Bool {
    guard let name = ledger.disputeName(of: proposal), let dispute = ledger.disputes[name]
    else { return false }
    if proposal.event == "reverse" { return dispute.stage == "closed" }
    if ledger.rules.transition("dispute", proposal.event, from: dispute.stage) == nil {
      return true
    }
    guard proposal.rule.subject == "lot" else { return false }
    let state = ledger.lot(of: proposal)?.state ?? ""
    return ledger.rules.transition("lot", proposal.event, from: state) == nil
  }

  /// The facility that a counter-guarantee counts against, if it is in the dispute's currency.
  private static func standing(
    _ ledger: ReferenceLedger, _ proposal: Proposal
  ) -> (Facility, Standing)? {
    guard let office = ledger.officeName(of: proposal), let guarantor = proposal["guarantor"],
      let facility = ledger.facility(of: proposal),
      facility.currency == ledger.dispute(of: proposal)?.currency
    else { return nil }
    return (facility, Standing(office: office, guarantor: guarantor))
  }

  @Sendable private static func isSecurityShort(
    _ ledger: ReferenceLedger, _ proposal: Proposal
  ) -> Bool {
    guard let dispute = ledger.dispute(of: proposal) else { return false }
    if dispute.lots.isEmpty { return true }
    let held = ledger.balances.total(of: proposal["dispute"]) { $0.role == "security_held" }
    return held * 2 < dispute.securityDueTwice
  }

  @Sendable private static func isCoverShort(
    _ ledger: ReferenceLedger, _ proposal: Proposal
  ) -> Bool {
    guard let name = ledger.disputeName(of: proposal), let dispute = ledger.disputes[name],
      !dispute.isDecided
    else { return false }
    var released = dispute.conditionallyReleased
    if proposal.event == "release_conditionally" {
      released += ledger.lot(of: proposal)?.value ?? 0
    }
    return ledger.cover(of: name, on: proposal.on, after: ledger.entries(of: proposal)) < released
  }
}

extension Dispute {
  /// Twice the security due, since half the value of the goods may be half a minor unit.
  var securityDueTwice: Minor {
    guard procedure == "ex_officio" else { return goodsValue * 2 }
    var unit: Minor = 1
    for _ in 0..<(Currency.minorDigits(of: currency) ?? 0) { unit *= 10 }
    if goodsValue < 20_000 * unit { return goodsValue * 2 }
    if goodsValue <= 200_000 * unit { return max(goodsValue, 40_000 * unit) }
    return 200_000 * unit
  }
}
