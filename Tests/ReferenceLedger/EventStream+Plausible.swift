/// What might come next, by the stage that a dispute is in.
extension EventStream {
  mutating func plausibleEvent() -> Draft {
    let topic = topic()
    let event = event(about: topic)
    return draft(event, about: topic)
  }

  /// What the next event is about: a dispute, or the offices and what they keep, or what happened.
  enum Topic {
    case dispute(String)
    case office, opening, reversal
  }

  mutating func topic() -> Topic {
    let recent = Array(recentDisputes)
    let going = recent.filter { ledger.disputes[$0]?.stage != "closed" }
    if recent.isEmpty || (going.count < 24 && random.chance(percent: 6)) { return .opening }
    if random.chance(percent: 5) { return .office }
    if random.chance(percent: 1) { return .reversal }
    return .dispute(random.pick(going.isEmpty || random.chance(percent: 5) ? recent : going))
  }

  mutating func event(about topic: Topic) -> String {
    switch topic {
    case .dispute(let name): disputeEvent(name)
    case .office: officeEvent()
    case .opening: "open_dispute"
    case .reversal: "reverse"
    }
  }

  mutating func draft(_ event: String, about topic: Topic) -> Draft {
    if case .dispute(let name) = topic { draft(event, dispute: name) } else { draft(event) }
  }

  mutating func officeEvent() -> String {
    random.pick(weighted: [
      ("receive_funds", 30), ("credit_interest", 4), ("refund_funds", 6),
      ("receive_unidentified", 6),
      ("identify_receipt", 8), ("return_unidentified", 4), ("pay_fee", 8), ("grant_facility", 4),
      ("register_party", 2), ("register_recordal", 2), ("set_working_day", 2), ("close_period", 1),
      ("register_office", 1), ("open_dispute", 2),
    ])
  }

  mutating func disputeEvent(_ name: String) -> String {
    guard let dispute = ledger.disputes[name] else { return "detain" }
    switch dispute.stage {
    case "open":
      let rarely = once()
      let isReady = !dispute.lots.isEmpty
      return random.pick(weighted: [
        ("add_lot", dispute.lots.count < 2 ? 30 : 3), ("lodge_security", isReady ? 30 : 4),
        ("detain", isReady ? 40 : 4), ("exclude", rarely), ("withdraw", rarely), ("lapse", rarely),
      ])
    case "detained": return detainedEvent(name, dispute)
    case "litigating": return litigatingEvent(name, dispute)
    case "decided": return decidedEvent(dispute)
    default: return random.pick(["recover_recourse", "write_off_recourse"])
    }
  }

  /// The weight of what ends a dispute early, mostly none.
  private mutating func once() -> Int { random.chance(percent: 30) ? 1 : 0 }

  /// Lodging until the goods are covered, then releasing them.
  private mutating func releasing(_ name: String, _ dispute: Dispute) -> [(String, Int)] {
    let cover = ledger.cover(of: name, on: clock(of: name))
    let isHeld = dispute.lots.values.contains { $0.state == "held" }
    return [
      ("request_release", dispute.hasRequestedRelease(with: nil) ? 3 : 50),
      ("lodge_counter_guarantee", cover < dispute.goodsValue ? 60 : 4),
      ("release_conditionally", isHeld && cover > dispute.conditionallyReleased ? 60 : 3),
      ("order_assistance", 3), ("lift_assistance", dispute.isUnderOrder ? 25 : 1),
      ("release_lot", isHeld ? 3 : 1), ("charge_costs", 2), ("pay_costs", 4), ("charge_fee", 2),
      ("receive_fee", 4), ("return_counter_guarantee", 2), ("extend_undertaking", 4),
      ("withdraw", once()),
    ]
  }

  private mutating func detainedEvent(_ name: String, _ dispute: Dispute) -> String {
    let isReleased = dispute.conditionallyReleased > 0
    return random.pick(
      weighted: releasing(name, dispute) + [
        ("serve_notice", dispute.has("serve_notice") ? 1 : 15),
        ("accept_suit", isReleased ? 20 : 4),
        ("lapse", 3 * once()), ("decide", once()), ("exclude", once()), ("add_lot", 1),
        ("lodge_security", 1),
      ])
  }

  private mutating func litigatingEvent(_ name: String, _ dispute: Dispute) -> String {
    let isCovered = ledger.cover(of: name, on: clock(of: name)) > 0
    return random.pick(
      weighted: releasing(name, dispute) + [
        ("freeze", isCovered ? 20 : 1), ("unfreeze", 3), ("decide", isCovered ? 15 : 1),
      ])
  }

  private mutating func decidedEvent(_ dispute: Dispute) -> String {
    let isAnnounced = dispute.has("announce_unclaimed")
    let isOwed = dispute.unmetAward > 0
    return random.pick(weighted: [
      ("draw", isOwed ? 40 : 2), ("draw_frozen", isOwed ? 40 : 2),
      ("call_undertaking", isOwed ? 60 : 2),
      ("receive_call", dispute.has("call_undertaking") ? 30 : 1),
      ("write_off_call", dispute.has("call_undertaking") ? 15 : 1),
      ("pay_right_holder", dispute.drawn > 0 ? 25 : 1), ("return_counter_guarantee", 15),
      ("discharge_lot", 25), ("release_lot", 25), ("confiscate_lot", 25),
      ("notify_return", dispute.has("notify_return") ? 1 : 8),
      ("announce_unclaimed", dispute.has("notify_return") && !isAnnounced ? 20 : 1),
      ("escheat", isAnnounced ? 40 : 1), ("escheat_security", isAnnounced ? 30 : 1),
      ("charge_costs", 2), ("pay_costs", 15), ("compensate_consignor", 2), ("pay_consignor", 15),
      ("return_security", 8), ("charge_fee", 2), ("receive_fee", 8),
      ("claim_recourse", dispute.drawn > 0 ? 30 : 1),
      ("recover_recourse", dispute.has("claim_recourse") ? 12 : 1),
      ("write_off_recourse", dispute.has("claim_recourse") ? 6 : 1), ("extend_undertaking", 3),
      ("freeze", 3), ("unfreeze", 5), ("close_dispute", 30),
    ])
  }
}
