/// Events of the new rules, each with the result that it must give.
enum BondStory {
  static let events: [(fields: Fields, result: String)] =
    opening.map { ($0, "recorded") } + ofTheBondPaid + ofTheBondPromised

  /// The balances that the story leaves on the accounts that the new rules move.
  static let balances = [
    ["treasury_due", "", "30.00"], ["undertaking_given", "", "10.00"], ["undertaking_held", "E", "10.00"],
  ]

  static let deadlines = [
    ["D", "forfeit_after", "2025-03-18"], ["D", "pay_bond_by", "2025-03-10"],
    ["E", "pay_bond_by", "2025-03-10"],
  ]

  private static let opening: [Fields] =
    Scene.opening.map { $0["key"] == "Q" ? $0.merging(["instruments": "cash pledge"]) { $1 } : $0 }
    + Scene.released("D").prefix(4) + Scene.released("E").prefix(4)

  private static func of(
    _ dispute: String, _ event: String, on day: Int, _ number: Int = 1, _ fields: Fields = [:]
  ) -> Fields {
    let date = "2025-03-\(day < 10 ? "0" : "")\(day)"
    return Scene.event(
      event, key: "\(dispute) \(event) \(number)", on: date, fields.merging(["dispute": dispute]) { $1 })
  }

  private static func paper(_ amount: String) -> Fields { ["amount": amount, "reference": "paper"] }

  /// D pays its bond; half of it is split, and the rest forfeited once its deadline has passed.
  private static let ofTheBondPaid: [(Fields, String)] = [
    (of("D", "promise_bond", on: 3, 1, ["amount": "100.00"]), "missing_field"),
    (of("D", "promise_bond", on: 3, 2, ["amount": "100.00", "bond_kind": "nobody"]), "bad_value"),
    (
      of("D", "promise_bond", on: 3, 3, ["amount": "100.00", "bond_kind": "personal", "office": "Q"]),
      "unknown_field"
    ),
    (
      of(
        "D", "promise_bond", on: 3, 4, ["amount": "100.00", "bond_kind": "corporate", "bond_number": "甲-1"]),
      "recorded"
    ),
    (of("D", "deposit_bond", on: 4, 1, ["amount": "100.01"]), "insufficient_funds"),
    (of("D", "deposit_bond", on: 4, 2, ["amount": "100.00"]), "recorded"),
    (of("D", "split_bond", on: 4, 1, paper("50.01")), "insufficient_funds"),
    (of("D", "split_bond", on: 4, 2, paper("30.00")), "recorded"),
    (of("D", "forfeit_bond", on: 18, 1, paper("40.00")), "deadline_not_passed"),
    (of("D", "forfeit_bond", on: 19, 2, paper("40.01")), "insufficient_funds"),
    (of("D", "forfeit_bond", on: 19, 3, paper("40.00")), "recorded"),
    (of("D", "seal_lot", on: 19, 1, ["lot": "1"]), "recorded"),
    (of("D", "seal_lot", on: 19, 2, ["lot": "1"]), "illegal_transition"),
    (of("D", "exclude", on: 19, 1), "recorded"),
    (of("D", "split_bond", on: 20, 3, paper("0.01")), "illegal_transition"),
    (of("D", "close_dispute", on: 20, 1), "not_settled"),
    (of("D", "pay_consignor", on: 20, 1, ["amount": "30.00"]), "recorded"),
    (of("D", "return_security", on: 20, 1, ["amount": "1000.00"]), "recorded"),
    (of("D", "close_dispute", on: 20, 2), "recorded"),
  ]

  /// E only promises one, is suspended for it, goes on, and is covered by a pledge.
  private static let ofTheBondPromised: [(Fields, String)] = [
    (of("E", "suspend", on: 3, 1), "deadline_not_passed"),
    (of("E", "promise_bond", on: 3, 1, ["amount": "7", "bond_kind": "personal"]), "recorded"),
    (of("E", "suspend", on: 10, 2), "deadline_not_passed"),
    (of("E", "suspend", on: 11, 3), "recorded"),
    (of("E", "deposit_bond", on: 11, 1, ["amount": "7"]), "illegal_transition"),
    (of("E", "split_bond", on: 11, 1, paper("0.01")), "insufficient_funds"),
    (of("E", "resume", on: 12, 1), "recorded"),
    (
      Scene.event(
        "reverse", key: "slip", on: "2025-03-12", ["reverses": "E promise_bond 1", "reference": "slip"]),
      "recorded"
    ),
    (of("E", "request_release", on: 12, 1, ["guarantor": "BANK"]), "recorded"),
    (lodge(1, "letter"), "instrument_not_accepted"), (lodge(2, "pledge"), "recorded"),
  ]

  private static func lodge(_ number: Int, _ instrument: String) -> Fields {
    of(
      "E", "lodge_counter_guarantee", on: 12, number,
      ["guarantor": "BANK", "amount": "10.00", "instrument": instrument])
  }
}
