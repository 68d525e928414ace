/// The courses that a dispute may take.
extension Story {
  /// Released against cash, and the right holder does not sue.
  mutating func tellOfNoSuit() {
    let sums = detain()
    let guarantor = guarantors().first
    add("release_conditionally", after: 1, ["lot": "1"])
    add("lodge_counter_guarantee", cover(guarantor, sums[0] + sums[1], "cash"))
    add("request_release", ["guarantor": guarantor])
    add("lodge_counter_guarantee", cover(guarantor, sums[0] + sums[1] - 1, "cash"))
    add("release_conditionally", ["lot": "1"])
    add("release_conditionally", ["lot": "2"])
    add("lodge_counter_guarantee", cover(guarantor, 1, "policy"))
    add("release_conditionally", ["lot": "2"])
    add("serve_notice", after: 1)
    add("lapse", after: 20)
    add("lapse", after: 60)
    add("return_counter_guarantee", after: 5, cover(guarantor, sums[0] + sums[1] - 1, "cash"))
    add("return_counter_guarantee", cover(guarantor, 1, "policy"))
    add("discharge_lot", ["lot": "1"])
    add("discharge_lot", ["lot": "2"])
    close(security: sums[2])
  }

  /// Sued for, awarded, drawn and called; part of the call is never paid.
  mutating func tellOfAnAward() {
    let sums = detain()
    let (first, second) = guarantors()
    add("request_release", after: 1, ["guarantor": first])
    add("request_release", ["guarantor": second])
    add("lodge_counter_guarantee", cover(first, sums[0], "cash"))
    add("lodge_counter_guarantee", cover(second, sums[1], "letter", until: "2026-12-31"))
    for lot in ["1", "2"] { add("release_conditionally", ["lot": lot]) }
    add("charge_fee", party(second, 5_000))
    add("receive_fee", party(second, 4_000))
    add("serve_notice", after: 1)
    add("accept_suit", after: 20, ["reference": "court"])
    add("freeze", after: 9, order(first, sums[0] / 2))
    add("extend_undertaking", ["guarantor": second, "expires_on": "2027-06-30", "reference": "letter"])
    let award = sums[0] / 2 + sums[1] / 2
    add("decide", after: 100, ["outcome": "infringing", "amount": money(award), "reference": "judgment"])
    add("draw", order(first, sums[0]))
    add("draw_frozen", order(first, sums[0] / 2))
    add("call_undertaking", order(second, sums[1] / 2))
    add("receive_call", after: 3, party(second, sums[1] / 4))
    add("pay_right_holder", ["amount": money(sums[0] / 2)])
    if number % 2 == 0 { return }  // What is called stays unpaid, and shows in the ageing.
    add("write_off_call", after: 90, order(second, sums[1] / 2 - sums[1] / 4))
    add("claim_recourse", party(second, sums[1] / 4))
    add("recover_recourse", after: 2, party(second, 1))
    add("write_off_recourse", party(second, 1))
    add("pay_right_holder", ["amount": money(sums[1] / 4)])
    for lot in ["1", "2"] { add("discharge_lot", ["lot": lot]) }
    close(security: sums[2])
  }

  /// The right holder sees that the goods don't infringe; a wrong booking is taken back.
  mutating func tellOfAnExclusion() {
    let sums = detain()
    add("exclude", after: 1)
    for lot in ["1", "2"] { add("release_lot", ["lot": lot]) }
    add("compensate_consignor", ["amount": money(1_000), "reference": "wrong one"])
    takeBackLast()
    takeBackLast()
    add("charge_costs", ["amount": money(700), "reference": "storage"])
    add("pay_costs", ["amount": money(700)])
    close(security: sums[2] - 700)
  }

  /// A court's notice keeps the goods, then the parties settle for nothing.
  mutating func tellOfAnOrder() {
    let sums = detain()
    let guarantor = guarantors().first
    add("order_assistance", after: 3, ["reference": "court"])
    add("request_release", ["guarantor": guarantor])
    add("lodge_counter_guarantee", cover(guarantor, sums[0], "letter", until: "2025-03-01"))
    add("release_conditionally", ["lot": "1"])
    add("release_lot", ["lot": "1"])
    add("lift_assistance", ["reference": "court"])
    add("lift_assistance", ["reference": "court"])
    add("accept_suit", after: 5, ["reference": "court"])
    add("decide", after: 30, ["outcome": "settled", "amount": "0", "reference": "settlement"])
    add("return_counter_guarantee", cover(guarantor, sums[0], "letter"))
    for lot in ["1", "2"] { add("release_lot", ["lot": lot]) }
    close(security: sums[2])
  }

  /// Nobody asks for release; the goods infringe and are confiscated.
  mutating func tellOfAConfiscation() {
    let sums = detain()
    add("accept_suit", after: 4, ["reference": "court"])
    add("decide", after: 60, ["outcome": "infringing", "reference": "judgment"])
    add("release_lot", ["lot": "1"])
    for lot in ["1", "2"] { add("confiscate_lot", ["lot": lot]) }
    add("notify_return", after: 2)
    add("announce_unclaimed", after: 30)
    add("announce_unclaimed", after: 70)
    add("escheat_security", ["amount": money(1), "reference": "too early"])
    close(security: sums[2])
  }

  private func party(_ guarantor: String, _ amount: Int) -> Fields {
    ["guarantor": guarantor, "amount": money(amount)]
  }

  private func order(_ guarantor: String, _ amount: Int) -> Fields {
    party(guarantor, amount).merging(["reference": "order-\(number)"]) { $1 }
  }

  private func cover(_ guarantor: String, _ amount: Int, _ instrument: String, until end: String? = nil)
    -> Fields
  {
    var fields = party(guarantor, amount)
    fields["instrument"] = instrument
    fields["expires_on"] = end
    return fields
  }
}
