/// Events that tests begin with or take apart: each is legal after those before it.
enum Scene {
  static let on = "2025-03-03"

  /// An event with a key, on the scene's day.
  static func event(_ name: String, key: String, on day: String = on, _ fields: Fields = [:]) -> Fields {
    fields.merging(["key": key, "on": day, "event": name]) { $1 }
  }

  /// Two offices, a right with its holder, an exporter and a guarantor with money and facilities.
  static let opening: [Fields] =
    [
      event(
        "register_office", key: "Q", ["office": "QINGDAO", "zone": "Z", "instruments": "cash letter policy"]),
      event("register_office", key: "H", ["office": "HARBIN", "zone": "Z"]),
      event("register_party", key: "PR", ["party": "HOLDER", "kind": "right_holder"]),
      event("register_party", key: "PC", ["party": "EXPORTER", "kind": "consignor"]),
      event("register_party", key: "PG", ["party": "BANK", "kind": "guarantor"]),
      event(
        "register_recordal", key: "R",
        ["recordal": "RIGHT", "party": "HOLDER", "kind": "invention", "valid_from": "2020-01-01"]),
    ]
    + ["QINGDAO", "HARBIN"].flatMap { office in
      [grant(key: "F-\(office)", office: office), funds(key: "M-\(office)", office: office, "1000000.00")]
    }

  static func grant(key: String, office: String = "QINGDAO", amount: String = "5000000.00") -> Fields {
    event(
      "grant_facility", key: key,
      ["office": office, "guarantor": "BANK", "amount": amount, "currency": "CNY", "consignor_limit": amount])
  }

  static func funds(
    key: String, office: String = "QINGDAO", _ amount: String, currency: String = "CNY"
  ) -> Fields {
    event(
      "receive_funds", key: key,
      [
        "office": office, "guarantor": "BANK", "amount": amount, "currency": currency, "reference": "bank",
      ])
  }

  static func dispute(
    key: String, _ dispute: String, office: String = "QINGDAO", currency: String = "CNY"
  ) -> Fields {
    event(
      "open_dispute", key: key,
      [
        "office": office, "dispute": dispute, "procedure": "on_application", "recordal": "RIGHT",
        "right_holder": "HOLDER", "consignor": "EXPORTER", "currency": currency,
      ])
  }

  /// A dispute with one lot, detained, and its goods released against cash and a letter.
  static func released(_ dispute: String, office: String = "QINGDAO") -> [Fields] {
    func of(_ name: String, _ fields: Fields = [:]) -> Fields {
      event(
        name, key: "\(dispute) \(name) \(fields["instrument"] ?? "")",
        fields.merging(["dispute": dispute]) { $1 })
    }
    let letter = [
      "guarantor": "BANK", "amount": "400.00", "instrument": "letter", "expires_on": "2030-01-31",
    ]
    return [Self.dispute(key: "\(dispute) open", dispute, office: office)] + [
      of("add_lot", ["lot": "1", "amount": "1000.00"]),
      of("lodge_security", ["amount": "1000.00"]),
      of("detain"),
      of("request_release", ["guarantor": "BANK"]),
      of("lodge_counter_guarantee", ["guarantor": "BANK", "amount": "600.00", "instrument": "cash"]),
      of("lodge_counter_guarantee", letter),
      of("release_conditionally", ["lot": "1"]),
    ]
  }

  /// What may follow `released`: a suit, an award, money drawn and called, a slip taken back.
  static func awarded(_ dispute: String) -> [Fields] {
    func of(_ name: String, _ fields: Fields = [:]) -> Fields {
      let reference = ["dispute": dispute, "reference": "paper"]
      return event(name, key: "\(dispute) \(name)", fields.merging(reference) { $1 })
    }
    func money(_ amount: String) -> Fields { ["guarantor": "BANK", "amount": amount] }
    return [
      of("serve_notice"), of("order_assistance"), of("accept_suit"), of("freeze", money("100.00")),
      of("decide", ["outcome": "infringing", "amount": "500.00"]),
      of("draw", money("200.00")), of("call_undertaking", money("150.00")),
      of("receive_call", money("50.00")),
      of("charge_fee", money("9.00")), of("claim_recourse", money("40.00")),
      event("reverse", key: "\(dispute) slip", ["reverses": "\(dispute) charge_fee", "reference": "paper"]),
    ]
  }

  /// Events that are refused: for their shape at no office, and for what is there at one.
  static func refused(_ round: Int) -> [Fields] {
    [
      event("vanish", key: "V\(round)"),
      event("detain", key: "V\(round)-D", ["dispute": "D", "reference": "paper"]),
      funds(key: "V\(round)-M", office: "HARBIN", "0.001"),
    ]
  }

  /// Something of everything: a dispute with an award, one with goods out against cover, one just opened, a
  /// working day set and books closed.
  static let everything: [Fields] =
    opening + released("D") + awarded("D") + released("E")
    + [
      dispute(key: "F open", "F", office: "HARBIN"),
      event("set_working_day", key: "day", ["day": "2025-10-11", "working_day": "false"]),
      event("close_period", key: "close", on: "2025-02-28", ["office": "HARBIN"]),
    ]
}
