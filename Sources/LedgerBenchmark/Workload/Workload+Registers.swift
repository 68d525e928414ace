extension Workload {
  /// Offices, parties, recordals, and a facility with funds of each guarantor at each office.
  static var registers: [Draft] {
    let offices = (0..<officeCount).map(office)
    let guarantors = (0..<guarantorCount).map(guarantor)
    var drafts = offices.map {
      Draft("register_office", ["office": $0, "zone": $0 + "-FTZ", "instruments": "cash letter policy"])
    }
    drafts += guarantors.map { Draft("register_party", ["party": $0, "kind": "guarantor"]) }
    for number in 0..<holderCount {
      drafts.append(Draft("register_party", ["party": holder(number), "kind": "right_holder"]))
      drafts.append(
        Draft(
          "register_recordal",
          [
            "recordal": recordal(number), "party": holder(number), "kind": "invention",
            "valid_from": "2020-01-01",
          ]))
    }
    drafts += (0..<exporterCount).map {
      Draft("register_party", ["party": exporter($0), "kind": "consignor"])
    }
    for office in offices {
      for guarantor in guarantors {
        let position = [
          "office": office, "guarantor": guarantor, "amount": "9000000000", "currency": "CNY",
        ]
        drafts.append(Draft("grant_facility", position))
        drafts.append(Draft("receive_funds", position.merging(["reference": "opening"]) { $1 }))
      }
    }
    return drafts
  }

  static func office(_ number: Int) -> String { "OFFICE-" + padded(number, to: 3) }
  static func guarantor(_ number: Int) -> String { "GUARANTOR-" + padded(number, to: 3) }
  static func holder(_ number: Int) -> String { "HOLDER-" + padded(number, to: 3) }
  static func recordal(_ number: Int) -> String { "REC-" + padded(number, to: 3) }
  static func exporter(_ number: Int) -> String { "EXPORTER-" + padded(number, to: 4) }
}
