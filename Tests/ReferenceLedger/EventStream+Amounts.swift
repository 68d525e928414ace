/// Amounts and dates that are just right, or nearly.
extension EventStream {
  /// The role of the account that an event takes its amount from.
  static func source(of event: String, _ instrument: String?) -> String? {
    switch event {
    case "refund_funds": "guarantor_funds"
    case "identify_receipt", "return_unidentified": "suspense"
    case "freeze", "draw", "escheat": "counter_guarantee_held"
    case "unfreeze", "draw_frozen": "counter_guarantee_frozen"
    case "call_undertaking", "extend_undertaking": "undertaking_held"
    case "return_counter_guarantee":
      instrument == "cash" ? "counter_guarantee_held" : "undertaking_held"
    case "receive_call", "write_off_call": "call_receivable"
    case "pay_right_holder": "payable_right_holder"
    case "pay_consignor": "payable_consignor"
    case "escheat_security", "charge_costs", "compensate_consignor", "return_security":
      "security_held"
    case "pay_costs": "costs_payable"
    case "receive_fee": "fee_receivable"
    case "pay_fee": "fee_payable"
    case "recover_recourse", "write_off_recourse": "recourse_claim"
    default: nil
    }
  }

  /// The balance of a role that an event in the making is about.
  func balance(_ role: String, _ draft: Draft, guarantor: String?) -> Minor {
    let dimensions = ledger.rules.accounts[role]!.dimensions
    let dispute = ledger.disputes[draft["dispute"] ?? ""]
    let isOfDispute = dimensions.contains("dispute")
    return ledger.balances.total(of: isOfDispute ? draft["dispute"] : nil) { account in
      account.role == role && account.office == draft["office"] ?? dispute?.office
        && account.currency == draft["currency"] ?? dispute?.currency
        && (!dimensions.contains("guarantor") || account.guarantor == guarantor)
    }
  }

  mutating func amountText(for draft: Draft, field: String) -> String {
    let currency =
      draft["currency"] ?? ledger.disputes[draft["dispute"] ?? ""]?.currency ?? "CNY"
    let text = Currency.text(max(amount(for: draft, field: field, currency), 1), currency)
    guard random.chance(percent: 15), text.hasSuffix(".00") else { return text }
    return String(text.dropLast(random.pick([1, 3])))
  }

  private mutating func some(_ from: Int, _ upTo: Int, _ currency: String) -> Minor {
    var unit: Minor = 1
    for _ in 0..<(Currency.minorDigits(of: currency) ?? 0) { unit *= 10 }
    let whole = Minor(random.within(from...upTo)) * (currency == "JPY" ? 20 : 1) * unit
    return random.chance(percent: 30) && unit > 1 ? whole + Minor(random.below(Int(unit))) : whole
  }

  /// All of a balance mostly; else part of it or a little more than there is.
  private mutating func portion(_ balance: Minor) -> Minor {
    guard balance > 0 else { return Minor(random.within(1...5000)) }
    let roll = random.below(100)
    if roll < 65 { return balance }
    if roll < 90 { return max(1, balance * Minor(random.within(1...99)) / 100) }
    return roll < 96 ? balance + 1 : 1
  }

  private mutating func amount(for draft: Draft, field: String, _ currency: String) -> Minor {
    let event = draft["event"]!
    let dispute = ledger.disputes[draft["dispute"] ?? ""]
    let source = EventStream.source(of: event, draft["instrument"])
    let there = source.map { balance($0, draft, guarantor: draft["guarantor"]) } ?? 0
    switch event {
    case "grant_facility": return limit(for: draft, field, currency)
    case "receive_funds", "credit_interest", "receive_unidentified":
      let isScarce = draft["guarantor"] == "BINHAI"
      return isScarce ? some(500, 30_000, currency) : some(1_000, 200_000, currency)
    case "add_lot": return lotValue(currency)
    case "lodge_security":
      let held = balance("security_held", draft, guarantor: nil)
      let due = ((dispute?.securityDueTwice ?? 0) + 1) / 2 - held
      return random.chance(percent: 85) ? due : portion(due)
    case "lodge_counter_guarantee": return lodging(draft, dispute, currency)
    case "charge_costs", "compensate_consignor":
      return random.chance(percent: 70) ? min(there, some(10, 3_000, currency)) : portion(there)
    case "charge_fee": return some(50, 9_000, currency)
    case "draw", "draw_frozen", "call_undertaking":
      return portion(min(there, max(dispute?.unmetAward ?? 0, 0)))
    case "return_counter_guarantee", "escheat":
      let cover = ledger.cover(of: draft["dispute"] ?? "", on: Day(draft["on"]!)!)
      let spare =
        cover
        - (dispute?.isDecided == true ? dispute!.unmetAward : dispute?.conditionallyReleased ?? 0)
      return portion(random.chance(percent: 80) ? min(there, spare) : there)
    case "decide":
      let cover = ledger.cover(of: draft["dispute"] ?? "", on: Day(draft["on"]!)!)
      return random.chance(percent: 60) ? portion(cover) : some(0, 300_000, currency)
    case "claim_recourse":
      let paid = dispute?.sum(
        of: ["draw", "draw_frozen", "receive_call"], guarantor: draft["guarantor"])
      let claimed = dispute?.sum(of: ["claim_recourse"], guarantor: draft["guarantor"])
      return portion((paid ?? 0) - (claimed ?? 0))
    default: return portion(there)
    }
  }

  /// A facility or its limit for one consignor: ample, or just what it is used for already.
  private mutating func limit(for draft: Draft, _ field: String, _ currency: String) -> Minor {
    let standing = Standing(office: draft["office"]!, guarantor: draft["guarantor"]!)
    let used = ledger.exposure(standing, currency: currency)
    if random.chance(percent: 50) { return some(2_000_000, 6_000_000, currency) }
    return used + some(0, field == "amount" ? 400_000 : 200_000, currency)
  }

  /// Around the steps of the security that is due.
  private mutating func lotValue(_ currency: String) -> Minor {
    switch random.below(10) {
    case 0: some(20_000, 20_000, currency)
    case 1: some(200_000, 200_000, currency) + Minor(random.below(2))
    case 2: some(20_000, 20_000, currency) - 1
    case 3, 4: some(200_000, 400_000, currency)
    case 5, 6, 7: some(20_000, 150_000, currency)
    default: some(1_000, 20_000, currency)
    }
  }

  /// What the goods still need, or as much of it as there is.
  private mutating func lodging(_ draft: Draft, _ dispute: Dispute?, _ currency: String) -> Minor {
    guard let dispute, let name = draft["dispute"] else { return 1 }
    let needed = dispute.goodsValue - ledger.cover(of: name, on: Day(draft["on"]!)!)
    if random.chance(percent: 20) {
      let standing = Standing(office: dispute.office, guarantor: draft["guarantor"] ?? "")
      if let facility = ledger.facilities[standing] {
        let all = facility.amount - ledger.exposure(standing, currency: currency)
        let one =
          (facility.consignorLimit ?? facility.amount)
          - ledger.exposure(standing, currency: currency) { $0.consignor == dispute.consignor }
        return random.pick([all, all + 1, one, one + 1])
      }
    }
    guard draft["instrument"] == "cash" else { return portion(needed) }
    let funds = balance("guarantor_funds", draft, guarantor: draft["guarantor"])
    guard funds > 0 else { return portion(needed) }
    return random.pick(weighted: [
      (min(portion(needed), funds), 8), (funds, 2), (funds + 1, 2), (portion(needed), 2),
    ])
  }
}
