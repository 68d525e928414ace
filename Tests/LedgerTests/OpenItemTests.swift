import GuaranteeLedger
import Testing

@Suite("What is open, and since when")
struct OpenItemTests {
  /// Of a dispute with an award: a call and a claim of the spring, each paid in part, and a receipt nobody can place.
  private static let events: [Fields] =
    Scene.opening + Scene.released("D") + [
      of(
        "decide", on: "2025-03-04", ["outcome": "infringing", "amount": "1000.00", "reference": "judgment"]),
      of("draw", on: "2025-03-10", ["guarantor": "BANK", "amount": "200.00", "reference": "order"]),
      of(
        "call_undertaking", on: "2025-03-10", ["guarantor": "BANK", "amount": "150.00", "reference": "call"]),
      of("receive_call", on: "2025-04-10", ["guarantor": "BANK", "amount": "50.00"]),
      of("claim_recourse", on: "2025-04-20", ["guarantor": "BANK", "amount": "40.00"]),
      of("recover_recourse", on: "2025-05-20", ["guarantor": "BANK", "amount": "10.00"]),
      of("pay_right_holder", on: "2025-06-02", ["amount": "20.00"]),
      unplaced(key: "U", on: "2025-06-03", "70.00"),
    ]

  /// What was recorded in error in August, of everything that adds to what is open or settles it.
  private static let slips: [Fields] = [
    of(
      "call_undertaking", on: "2025-08-19", ["guarantor": "BANK", "amount": "100.00", "reference": "call 2"]),
    of("receive_call", on: "2025-08-19", ["guarantor": "BANK", "amount": "60.00", "reference": "call 2"]),
    of("claim_recourse", on: "2025-08-19", ["guarantor": "BANK", "amount": "30.00", "reference": "claim 2"]),
    of(
      "recover_recourse", on: "2025-08-19", ["guarantor": "BANK", "amount": "15.00", "reference": "claim 2"]),
    of("pay_right_holder", on: "2025-08-19", ["amount": "100.00", "reference": "slip"]),
    of("charge_fee", on: "2025-08-19", ["guarantor": "BANK", "amount": "9.00", "reference": "slip"]),
    unplaced(key: "U 2", on: "2025-08-19", "5.00"),
    Scene.event(
      "identify_receipt", key: "I", on: "2025-08-19",
      ["office": "QINGDAO", "guarantor": "BANK", "amount": "65.00", "currency": "CNY"]),
  ]

  /// In the opposite order, so that no account falls below zero on the way.
  private static let reversals: [Fields] = slips.reversed().map { slip in
    let key = slip["key"] ?? ""
    return Scene.event(
      "reverse", key: "not \(key)", on: "2025-08-25", ["reverses": key, "reference": "slip"])
  }

  private static func of(_ name: String, on day: String, _ fields: Fields) -> Fields {
    Scene.event(name, key: "\(name) \(day)", on: day, fields.merging(["dispute": "D"]) { $1 })
  }

  private static func unplaced(key: String, on day: String, _ amount: String) -> Fields {
    Scene.event(
      "receive_unidentified", key: key, on: day,
      ["office": "QINGDAO", "amount": amount, "currency": "CNY", "reference": key])
  }

  /// All that tells how old something is, of the past or, where none is asked for, of now.
  private func ages(
    in ledger: TestLedger, asOf day: String? = nil, knownAt time: String? = nil
  ) async throws -> [[String]] {
    try await ledger.lookingBack(asOf: day, knownAt: time) {
      let schema = day == nil && time == nil ? "guarantee_api" : "guarantee_past"
      var rows: [[String]] = []
      for reading in ["report_ageing", "report_recourse", "report_unclaimed"] {
        rows += try await ledger.rows("select x::text from \(schema).\(reading)() x")
      }
      return try await rows
        + ledger.rows(
          "select what, guarantor, amount, since from \(schema).todo() where urgency = 'waiting' order by 1, 2"
        )
    }
  }

  private func calls(
    in ledger: TestLedger, asOf day: String, knownAt time: String? = nil
  ) async throws -> [[String]] {
    try await ledger.lookingBack(asOf: day, knownAt: time) {
      try await ledger.rows(
        """
        select guarantor, days_0_30, days_31_90, days_91_180, days_181_365, over_365
          from guarantee_past.report_ageing()
        """)
    }
  }

  @Test("What was reversed neither makes anything younger nor settles it, as if it had never been recorded")
  func reversed() async throws {
    let unmarred = try await withLedger { ledger in
      #expect(Set(try await ledger.record(Self.events)) == ["recorded"])
      return (now: try await ages(in: ledger), then: try await ages(in: ledger, asOf: "2025-08-26"))
    }
    try #require(unmarred.now.count > 6 && unmarred.then.count > 6)
    try await withLedger { ledger in
      let results = try await ledger.record(Self.events + Self.slips + Self.reversals)
      #expect(Set(results) == ["recorded"])
      #expect(try await ages(in: ledger) == unmarred.now)
      #expect(try await ages(in: ledger, asOf: "2025-08-26") == unmarred.then)
      #expect(
        try await calls(in: ledger, asOf: "2025-08-26") == [
          ["BANK", "0.00", "0.00", "100.00", "0.00", "0.00"]
        ])
      #expect(try await ledger.check() == [])
    }
  }

  @Test("What is reversed under a later date, or was reversed later, counts until then")
  func reversedLater() async throws {
    try await withLedger { ledger in
      #expect(Set(try await ledger.record(Self.events + Self.slips)) == ["recorded"])
      let before = try await ledger.now().description
      // Of 150 and 100 called, 50 and 60 were paid: the latest are open.
      let marred = [["BANK", "100.00", "0.00", "40.00", "0.00", "0.00"]]
      let whole = try await ages(in: ledger, asOf: "2025-08-26")
      #expect(try await calls(in: ledger, asOf: "2025-08-26") == marred)
      #expect(Set(try await ledger.record(Self.reversals)) == ["recorded"])
      #expect(try await calls(in: ledger, asOf: "2025-08-24") == marred)
      #expect(try await ages(in: ledger, asOf: "2025-08-26", knownAt: before) == whole)
      #expect(try await ages(in: ledger, asOf: "2025-08-26") != whole)
    }
  }

  @Test("What a reversal gave back under an earlier date than the payment's lies there meanwhile")
  func reversedEarlier() async throws {
    try await withLedger { ledger in
      #expect(Set(try await ledger.record(Self.events)) == ["recorded"])
      let reversal = Scene.event(
        "reverse", key: "early", on: "2025-04-01",
        ["reverses": "receive_call 2025-04-10", "reference": "slip"])
      #expect(try await ledger.record([reversal]) == ["recorded"])
      let balance = "select sum(amount) from guarantee_past.open_items('called', null, null)"
      for (day, amount) in [("2025-03-31", "15000"), ("2025-04-05", "20000"), ("2025-04-10", "15000")] {
        let open = try await ledger.lookingBack(asOf: day, knownAt: nil) { try await ledger.value(balance) }
        #expect(open == amount, "\(day)")
      }
    }
  }
}
