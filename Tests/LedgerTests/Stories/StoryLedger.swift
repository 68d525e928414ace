import ReferenceLedger

/// Whole lives of disputes, whose results don't turn on what happens in other disputes: money and facilities
/// are ample, and what is refused is refused for the dispute's own sake.
struct StoryLedger {
  /// What registers offices, parties, rights and facilities, and pays in; to be recorded first.
  private(set) var register: [Fields] = []
  /// The events of each dispute in their order, by dispute.
  private(set) var disputes: [[Fields]] = []

  static let offices = [("QINGDAO", "CNY"), ("HARBIN", "CNY"), ("DALIAN", "JPY")]
  static let guarantors = ["BANK-A", "BANK-B", "FUND-C", "INSURER-D"]
  static let opening = "2024-01-02"

  /// - Parameters:
  ///   - facility: what each guarantor may stand for at each office.
  ///   - funds: what each has there in cash.
  init(disputeCount: Int, seed: UInt64, facility: Int = 900_000_000, funds: Int = 900_000_000) {
    var random = SplitMix64(seed: seed)
    registerAll(facility: facility, funds: funds)
    for number in 0..<disputeCount {
      var story = Story(number: number, random: &random)
      story.tell()
      disputes.append(story.events)
    }
  }

  /// All events: the register, then those of all disputes by date, each dispute's in their order.
  var all: [Fields] { register + Self.byDate(disputes) }

  /// The events of several disputes by date, each dispute's in their order.
  static func byDate(_ disputes: [[Fields]]) -> [Fields] {
    let places = disputes.enumerated().flatMap { dispute, events in
      events.enumerated().map { (on: $1["on"] ?? "", dispute: dispute, index: $0, event: $1) }
    }
    return places.sorted { ($0.on, $0.dispute, $0.index) < ($1.on, $1.dispute, $1.index) }.map(\.event)
  }

  private mutating func registerAll(facility: Int, funds: Int) {
    for (office, _) in Self.offices {
      add(
        "register_office", ["office": office, "zone": "\(office)-FTZ", "instruments": "cash letter policy"])
    }
    for guarantor in Self.guarantors { add("register_party", ["party": guarantor, "kind": "guarantor"]) }
    for number in 1...5 {
      add("register_party", ["party": "HOLDER-\(number)", "kind": "right_holder"])
      add("register_party", ["party": "EXPORTER-\(number)", "kind": "consignor"])
      add(
        "register_recordal",
        [
          "recordal": "RIGHT-\(number)", "party": "HOLDER-\(number)", "kind": "invention",
          "valid_from": "2020-01-01",
        ])
    }
    for (office, currency) in Self.offices {
      for guarantor in Self.guarantors {
        let whose = ["office": office, "guarantor": guarantor, "currency": currency]
        add(
          "grant_facility",
          whose.merging(["amount": "\(facility)", "consignor_limit": "\(facility / 2)"]) { $1 })
        add("receive_funds", whose.merging(["amount": "\(funds)", "reference": "opening"]) { $1 })
      }
    }
  }

  private mutating func add(_ event: String, _ fields: Fields) {
    let head = ["key": "R-\(register.count + 1)", "on": Self.opening, "event": event]
    register.append(fields.merging(head) { $1 })
  }
}
