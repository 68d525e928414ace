import GuaranteeLedger

/// One thing that a caller wants to have happened once: a payment of an amount that no other has.
///
/// It is told by its reference, whatever key it is sent with.
struct Intent: Sendable, Hashable {
  let reference: String
  /// The amount in minor units.
  let amount: Int
  let office: String
  /// Whether the ledger takes it; otherwise it is of a guarantor that there is none of.
  let isLegal: Bool

  /// - Parameter sending: counts how often it is sent as something new; only who doesn't know what a key is for
  ///   goes beyond 1.
  func event(sending number: Int = 1) -> Event {
    Event(
      key: number == 1 ? reference : "\(reference)#\(number)", on: Self.day, name: "receive_funds",
      fields: [
        "office": office, "guarantor": isLegal ? "BANK" : "NOBODY", "currency": "CNY",
        "amount": "\(amount / 100).\(amount % 100 / 10)\(amount % 10)", "reference": reference,
      ])
  }

  static let day = "2026-01-06"
  static let offices = ["QINGDAO", "HARBIN", "DALIAN"]

  /// What has to be recorded before any.
  static let opening: [Event] =
    offices.flatMap { office in
      [
        Event(
          key: "O-\(office)", on: day, name: "register_office",
          fields: ["office": office, "zone": "\(office)-FTZ"])
      ]
    } + [
      Event(
        key: "O-BANK", on: day, name: "register_party", fields: ["party": "BANK", "kind": "guarantor"])
    ]
}
