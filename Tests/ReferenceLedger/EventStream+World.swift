/// The offices, parties and rights of the stream.
extension EventStream {
  /// From when an office's disputes date. The working days of 2016 and 2017 are not known.
  static let windows: [(office: String, first: String, days: Int)] = [
    ("QINGDAO", "2024-03-01", 500), ("HARBIN", "2025-09-01", 300), ("DALIAN", "2016-11-01", 600),
  ]

  static let grants: [(office: String, guarantor: String, amount: String, currency: String, limit: String)] =
    [
      ("QINGDAO", "LUSHANG", "5000000", "CNY", "2000000"),
      ("QINGDAO", "BINHAI", "3000000", "CNY", ""),
      ("QINGDAO", "JIAOZHOU", "900000", "CNY", "400000"),
      ("QINGDAO", "PACIFIC", "2000000", "USD", ""),
      ("QINGDAO", "TOKIO", "90000000", "JPY", "60000000"),
      ("HARBIN", "LUSHANG", "2500000", "CNY", ""),
      ("HARBIN", "BINHAI", "800000", "CNY", "500000"),
      ("DALIAN", "LUSHANG", "3000000", "CNY", ""),
      ("DALIAN", "JIAOZHOU", "3000000", "CNY", "1000000"),
      ("DALIAN", "TOKIO", "90000000", "JPY", ""),
    ]

  static let recordals: [(code: String, owner: String, kind: String, from: String, to: String)] = [
    ("P-INVENTION", "HOLDER-A", "invention", "2012-01-01", "2031-12-31"),
    ("P-MODEL", "HOLDER-B", "utility_model", "2016-02-29", ""),
    ("P-DESIGN", "HOLDER-C", "design", "2015-06-30", "2029-06-30"),
    ("P-OLD", "HOLDER-A", "invention", "2005-01-01", ""),
    ("T-BRAND", "HOLDER-A", "trademark", "2014-05-05", "2034-05-04"),
    ("C-WORK", "HOLDER-B", "copyright", "2013-01-31", "2033-01-30"),
  ]

  func openingEvents() -> [Draft] {
    var events: [Draft] = []
    func add(_ event: String, _ on: String, _ fields: Draft) {
      let kept = fields.filter { !$0.value.isEmpty }
      events.append(
        kept.merging(["key": "S-\(events.count + 1)", "on": on, "event": event]) { $1 })
    }
    for (office, instruments) in [
      ("QINGDAO", "cash letter policy"), ("HARBIN", ""), ("DALIAN", "letter cash"),
    ] {
      add(
        "register_office", "2016-01-04",
        ["office": office, "zone": "FTZ-\(office)", "instruments": instruments])
    }
    let parties = [
      "right_holder": ["HOLDER-A", "HOLDER-B", "HOLDER-C"],
      "consignor": ["LAOSHAN", "JIMO", "SUIFENHE", "PULANDIAN"],
      "guarantor": ["LUSHANG", "BINHAI", "JIAOZHOU", "PACIFIC", "TOKIO", "STRANGER"],
    ]
    for (kind, codes) in parties.sorted(by: { $0.key < $1.key }) {
      for code in codes { add("register_party", "2016-01-04", ["party": code, "kind": kind]) }
    }
    for (code, owner, kind, from, to) in EventStream.recordals {
      add(
        "register_recordal", "2016-01-04",
        ["recordal": code, "party": owner, "kind": kind, "valid_from": from, "valid_to": to])
    }
    for (office, guarantor, amount, currency, limit) in EventStream.grants {
      add(
        "grant_facility", "2016-01-05",
        [
          "office": office, "guarantor": guarantor, "amount": amount, "currency": currency,
          "consignor_limit": limit,
        ])
      // The funds of one guarantor, in whose name most disputes run, are always scarce.
      let funds = guarantor == "BINHAI" ? "20000" : String(amount.dropLast())
      add(
        "receive_funds", "2016-01-05",
        [
          "office": office, "guarantor": guarantor, "amount": funds, "currency": currency,
          "reference": "BANK-\(events.count)",
        ])
    }
    return events
  }

  func parties(of kind: String) -> [String] {
    ledger.parties.filter { $0.value == kind }.map(\.key).sorted()
  }

  func window(of office: String) -> (first: Day, days: Int) {
    let window = EventStream.windows.first { $0.office == office } ?? EventStream.windows[0]
    return (Day(window.first)!, window.days)
  }
}
