/// One dispute from its opening to its close: goods are released against a counter-guarantee in cash, the
/// right holder doesn't sue, and everything goes back.
struct DisputeLife {
  /// On which day after its opening each of its events happens.
  static let days = [0, 0, 1, 1, 3, 4, 4, 5, 75, 80, 80, 90, 90]

  let office: Int
  private let dispute: String
  private let guarantor: String
  private let holder: Int
  private let exporter: Int
  /// The goods' value.
  private let amount: String

  /// - Parameters:
  ///   - number: what everything about the dispute follows from.
  ///   - hotGuarantor: the one who stands for every dispute; `nil`: each has its own.
  init(_ number: Int, hotGuarantor: Int? = nil) {
    var random = RandomNumbers(seed: UInt64(number))
    office = random.next(below: Workload.officeCount)
    dispute = "D-" + Workload.padded(number, to: 7)
    let own = random.next(below: Workload.guarantorCount)
    guarantor = Workload.guarantor(hotGuarantor ?? own)
    holder = random.next(below: Workload.holderCount)
    exporter = random.next(below: Workload.exporterCount)
    let cents = 300_000 + random.next(below: 89_700_000)
    amount = "\(cents / 100)." + Workload.padded(cents % 100, to: 2)
  }

  /// The event with that number in the order of `days`.
  func draft(_ number: Int) -> Draft {
    switch number {
    case 0: opening
    case 1: of("add_lot", ["lot": "1", "amount": amount])
    case 2: of("lodge_security", ["amount": amount, "reference": "security"])
    case 3: of("detain")
    case 4: of("request_release", ["guarantor": guarantor])
    case 5: of("lodge_counter_guarantee", counterGuarantee)
    case 6: of("release_conditionally", ["lot": "1"])
    case 7: of("serve_notice")
    case 8: of("lapse")
    case 9: of("return_counter_guarantee", counterGuarantee)
    case 10: of("discharge_lot", ["lot": "1"])
    case 11: of("return_security", ["amount": amount])
    default: of("close_dispute")
    }
  }

  private var opening: Draft {
    of(
      "open_dispute",
      [
        "office": Workload.office(office), "procedure": "on_application", "currency": "CNY",
        "recordal": Workload.recordal(holder), "right_holder": Workload.holder(holder),
        "consignor": Workload.exporter(exporter),
      ])
  }

  private var counterGuarantee: [String: String] {
    ["guarantor": guarantor, "amount": amount, "instrument": "cash"]
  }

  private func of(_ name: String, _ fields: [String: String] = [:]) -> Draft {
    Draft(name, fields.merging(["dispute": dispute]) { $1 })
  }
}

/// SplitMix64: always the same numbers for the same seed.
private struct RandomNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0xd134_2543_de82_ef95 }

  mutating func next(below limit: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
