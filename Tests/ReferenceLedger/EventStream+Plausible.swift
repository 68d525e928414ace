/// What might come next, by the stage that a dispute is in.
extension EventStream {
  mutating func plausibleEvent() -> Draft {
    let recent = Array(recentDisputes)
    let going = recent.filter { ledger.disputes[$0]?.stage != "closed" }
    if going.count < 25 && random.chance(percent: 12) { return draft("open_dispute") }
    if recent.isEmpty || random.chance(percent: 12) { return draft(officeEvent()) }
    if random.chance(percent: 3) { return draft("reverse") }
    let name = random.pick(going.isEmpty || random.chance(percent: 5) ? recent : going)
    return draft(disputeEvent(name), dispute: name)
  }

  mutating func officeEvent() -> String {
    random.pick(weighted: [
      ("receive_funds", 30), ("credit_interest", 4), ("refund_funds", 6), ("receive_unidentified", 6),
      ("identify_receipt", 8), ("return_unidentified", 4), ("pay_fee", 8), ("grant_facility", 6),
      ("register_party", 2), ("register_recordal", 2), ("set_working_day", 2), ("close_period", 1),
      ("register_office", 1), ("open_dispute", 6),
    ])
  }

  mutating func disputeEvent(_ name: String) -> String {
    guard let dispute = ledger.disputes[name] else { return "detain" }
    func once(_ event: String, _ weight: Int) -> (String, Int) {
      (event, dispute.has(event) ? 1 : weight * 10)
    }
    let ordered = dispute.standingOrders > 0
    switch dispute.stage {
    case "open":
      return random.pick(weighted: [
        once("add_lot", 6), ("add_lot", 15), once("lodge_security", 5), ("lodge_security", 15),
        ("detain", 60), ("exclude", 4), ("withdraw", 3), ("lapse", 6),
      ])
    case "detained":
      return random.pick(weighted: [
        once("request_release", 6), ("request_release", 12), ("lodge_counter_guarantee", 50),
        ("release_conditionally", 60), once("serve_notice", 4), ("accept_suit", 40),
        ("order_assistance", 5), ("lift_assistance", ordered ? 20 : 1), ("lapse", 12), ("decide", 5),
        ("withdraw", 3), ("exclude", 3), ("release_lot", 8), ("charge_costs", 5), ("pay_costs", 5),
        ("charge_fee", 8), ("receive_fee", 8), ("return_counter_guarantee", 6), ("add_lot", 3),
        ("lodge_security", 2), ("extend_undertaking", 6),
      ])
    case "litigating":
      return random.pick(weighted: [
        ("freeze", 15), ("unfreeze", 8), ("decide", 25), ("withdraw", 2), ("request_release", 5),
        ("lodge_counter_guarantee", 12), ("release_conditionally", 20), ("order_assistance", 4),
        ("lift_assistance", ordered ? 15 : 1), ("release_lot", 8), ("charge_costs", 4),
        ("pay_costs", 5), ("charge_fee", 4), ("receive_fee", 6), ("return_counter_guarantee", 5),
        ("extend_undertaking", 10),
      ])
    case "decided": return decidedEvent(dispute)
    default: return random.pick(["recover_recourse", "write_off_recourse"])
    }
  }

  private mutating func decidedEvent(_ dispute: Dispute) -> String {
    random.pick(weighted: [
      ("draw", 25), ("draw_frozen", 25), ("call_undertaking", 25), ("receive_call", 25),
      ("write_off_call", 6), ("pay_right_holder", 25), ("return_counter_guarantee", 25),
      ("discharge_lot", 40), ("release_lot", 40), ("confiscate_lot", 40), ("notify_return", 10),
      ("announce_unclaimed", dispute.has("notify_return") ? 25 : 1),
      ("escheat", dispute.has("announce_unclaimed") ? 40 : 1),
      ("escheat_security", dispute.has("announce_unclaimed") ? 30 : 1), ("charge_costs", 6),
      ("pay_costs", 20), ("compensate_consignor", 6), ("pay_consignor", 20), ("return_security", 15),
      ("charge_fee", 4), ("receive_fee", 12), ("claim_recourse", 20), ("recover_recourse", 6),
      ("write_off_recourse", 4), ("extend_undertaking", 5), ("freeze", 4), ("unfreeze", 15),
      ("close_dispute", 40),
    ])
  }
}
