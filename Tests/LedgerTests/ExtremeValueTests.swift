import ReferenceLedger
import Testing

@Suite("The largest, longest and strangest values")
struct ExtremeValueTests {
  private func withScene(_ body: @Sendable (TestLedger) async throws -> Void) async throws {
    try await withLedger { ledger in
      let codes = try await ledger.record(Scene.opening)
      try #require(codes.allSatisfy { $0 == "recorded" })
      try await body(ledger)
      let found = try await ledger.check()
      #expect(found == [])
    }
  }

  /// What a bigint holds of minor units, by currency: in its unit, and one minor unit more.
  static let largest = [
    ("CNY", "92233720368547758.07", "92233720368547758.08"),
    ("JPY", "9223372036854775807", "9223372036854775808"),
    ("KWD", "9223372036854775.807", "9223372036854775.808"),
    ("CLF", "922337203685477.5807", "922337203685477.5808"),
  ]

  @Test(
    "The largest amount is taken, one more is not, and no second one fits the account", arguments: largest)
  func amounts(currency: String, largest: String, tooLarge: String) async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Array(Scene.opening.prefix(6)))
      func funds(_ key: String, _ amount: String) -> Fields {
        Scene.funds(key: key, amount, currency: currency)
      }
      let batch = [
        funds("1", tooLarge), funds("2", largest), funds("3", "1"),
        funds("4", String(repeating: "9", count: 200)),
      ]
      let codes = try await ledger.record(batch)
      #expect(codes == ["bad_value", "recorded", "bad_value", "bad_value"])
      #expect(try await ledger.record([funds("5", largest)]) == ["bad_value"])
      let back = funds("6", largest).merging(["event": "refund_funds"]) { $1 }
      #expect(try await ledger.record([back, funds("7", largest)]) == ["recorded", "recorded"])
      #expect(
        try await ledger.value("select balance from guarantee_api.report_balances() limit 1") == largest)
      let found = try await ledger.check()
      #expect(found == [])
    }
  }

  @Test("Two amounts in one batch that an account holds only one of: the second is refused, not an error")
  func overflowInBatch() async throws {
    try await withScene { ledger in
      func unidentified(_ key: String, _ amount: String) -> Fields {
        Scene.event(
          "receive_unidentified", key: key,
          ["office": "HARBIN", "amount": amount, "currency": "JPY", "reference": "r"])
      }
      let half = "5000000000000000000"
      let batch = [
        unidentified("1", half), unidentified("2", half), unidentified("3", "4223372036854775807"),
        unidentified("4", "1"), unidentified("1", half), Scene.funds(key: "5", office: "HARBIN", "1.00"),
      ]
      let codes = try await ledger.record(batch)
      #expect(codes == ["recorded", "bad_value", "recorded", "bad_value", "replayed", "recorded"])
      #expect(
        try await ledger.value(
          "select debit from guarantee_api.report_trial_balance('HARBIN') where currency = 'JPY'")
          == "9223372036854775807")
    }
  }

  @Test("What the last room of an account is for goes in order, also where something makes room")
  func lastRoom() async throws {
    try await withScene { ledger in
      func bank(_ name: String, _ key: String, of guarantor: String, _ amount: String) -> Fields {
        Scene.event(
          name, key: key,
          ["office": "QINGDAO", "guarantor": guarantor, "amount": amount, "currency": "JPY"])
      }
      let other = Scene.event("register_party", key: "other", ["party": "OTHER", "kind": "guarantor"])
      let full = bank("credit_interest", "1", of: "BANK", "9223372036854775806")
      _ = try await ledger.record([other, full])
      let last = ["BANK", "OTHER", "BANK"].enumerated().map {
        bank("credit_interest", "last \($0)", of: $1, "1")
      }
      let taken = try await ledger.record(last)
      #expect(taken == ["recorded", "bad_value", "bad_value"])
      let exchange = [
        bank("refund_funds", "out", of: "BANK", "5"), bank("credit_interest", "in", of: "OTHER", "5"),
      ]
      let codes = try await ledger.record(exchange)
      #expect(codes == ["recorded", "recorded"])
    }
  }

  @Test("Sums past what one amount may be are summed: goods, cover and limits refuse and report as ever")
  func sums() async throws {
    try await withScene { ledger in
      let most = "92233720368547758.07"
      func of(_ dispute: String, _ name: String, _ fields: Fields = [:]) -> Fields {
        let key =
          "\(dispute) \(name) \(fields["lot"] ?? fields["guarantor"] ?? "")\(fields["instrument"] ?? "")"
        return Scene.event(name, key: key, fields.merging(["dispute": dispute]) { $1 })
      }
      func lodge(_ dispute: String, _ guarantor: String, _ amount: String, _ instrument: String = "letter")
        -> Fields
      {
        of(
          dispute, "lodge_counter_guarantee",
          ["guarantor": guarantor, "amount": amount, "instrument": instrument])
      }
      let other = Scene.event("register_party", key: "other", ["party": "OTHER", "kind": "guarantor"])
      let facilities = ["BANK", "OTHER"].map {
        Scene.grant(key: "F \($0)", amount: most).merging(["guarantor": $0]) { $1 }
      }
      let detained = ["A", "B"].flatMap { dispute in
        [
          Scene.dispute(key: "\(dispute) open", dispute),
          of(dispute, "add_lot", ["lot": "1", "amount": "1.00"]),
          of(dispute, "lodge_security", ["amount": "1.00"]), of(dispute, "detain"),
          of(dispute, "request_release", ["guarantor": "BANK"]),
          of(dispute, "request_release", ["guarantor": "OTHER"]),
        ]
      }
      var expected = [(other, "recorded")] + (facilities + detained).map { ($0, "recorded") }
      expected += [
        (of("A", "add_lot", ["lot": "2", "amount": most]), "recorded"),
        (of("A", "add_lot", ["lot": "3", "amount": most]), "recorded"),
        (lodge("A", "BANK", most), "recorded"), (lodge("A", "OTHER", most), "recorded"),
        (lodge("B", "BANK", "1.00", "cash"), "facility_exceeded"), (lodge("B", "BANK", most), "bad_value"),
        (of("A", "release_conditionally", ["lot": "2"]), "recorded"),
        (of("A", "release_conditionally", ["lot": "3"]), "recorded"),
        (of("A", "release_conditionally", ["lot": "1"]), "cover_short"),
      ]
      let codes = try await ledger.record(expected.map(\.0))
      #expect(codes == expected.map(\.1))
      let row = try await ledger.rows(
        "select goods_value, conditionally_released, cover from guarantee_api.report_disputes(dispute => 'A')"
      )
      #expect(row == [["184467440737095517.14", "184467440737095516.14", "184467440737095516.14"]])
    }
  }

  @Test("Every currency has the decimals that the second implementation knows")
  func currencies() async throws {
    try await withScene { ledger in
      let rows = try await ledger.rows("select currency, minor_digits from guarantee.currency")
      #expect(rows.count > 150)
      #expect(rows.filter { Currency.minorDigits(of: $0[0]).map(String.init) != $0[1] } == [])
    }
  }

  @Test(
    "Amounts have no more decimals than their currency, and no other form than digits",
    arguments: [
      ("JPY", "5", true), ("JPY", "5.0", false), ("JPY", "0", false), ("KWD", "0.001", true),
      ("KWD", "0.0001", false), ("KWD", "0.000", false), ("CNY", "0.01", true), ("CNY", "0.010", false),
      ("CNY", "1.", false), ("CNY", ".5", false), ("CNY", "+5", false), ("CNY", "-5", false),
      ("CNY", "5e3", false),
      ("CNY", "1,000", false), ("CNY", " 5", false), ("CNY", "٥", false), ("CNY", "５", false),
      ("CNY", "0x5", false),
      ("CNY", "NaN", false), ("CNY", "Infinity", false), ("CNY", "0005.50", true), ("CNY", "5\n", false),
    ])
  func decimals(currency: String, amount: String, isTaken: Bool) async throws {
    try await withScene { ledger in
      let codes = try await ledger.record([Scene.funds(key: "K", amount, currency: currency)])
      #expect(codes == [isTaken ? "recorded" : "bad_value"])
    }
  }

  @Test(
    "Days exist or are bad values, from the year 1 on",
    arguments: [
      ("2024-02-29", "recorded"), ("2000-02-29", "recorded"), ("0001-01-01", "recorded"),
      ("0004-02-29", "recorded"),
      ("1900-02-29", "bad_value"), ("2025-02-29", "bad_value"), ("0000-01-01", "bad_value"),
      ("2025-04-31", "bad_value"), ("2025-13-01", "bad_value"), ("2025-00-10", "bad_value"),
      ("2025-01-00", "bad_value"), ("2025-1-01", "bad_value"), ("20250101", "bad_value"),
      ("01-01-2025", "bad_value"),
      ("2025-01-01 ", "bad_value"), ("2025-01-01T00:00:00", "bad_value"), ("today", "bad_value"),
      ("infinity", "bad_value"), ("-0044-03-15", "bad_value"), ("10000-01-01", "bad_value"),
      ("٢٠٢٥-٠١-٠١", "bad_value"), ("9999-12-31", "date_in_future"),
    ])
  func days(day: String, code: String) async throws {
    try await withScene { ledger in
      let event = Scene.event(
        "receive_unidentified", key: "K", on: day,
        [
          "office": "HARBIN", "amount": "1", "currency": "CNY", "reference": "r",
        ])
      let codes = try await ledger.record([event])
      #expect(codes == [code])
    }
  }

  @Test(
    "No field takes a day of the year 0, and the events beside it are recorded",
    arguments: [
      ("set_working_day", "day", ["working_day": "yes"]),
      ("register_recordal", "valid_from", ["recordal": "NEW", "party": "HOLDER", "kind": "design"]),
      ("grant_facility", "valid_to", Scene.grant(key: "")),
      (
        "lodge_counter_guarantee", "expires_on",
        ["dispute": "D", "guarantor": "BANK", "amount": "1.00", "instrument": "letter"]
      ),
    ] as [(String, String, Fields)])
  func yearZero(name: String, field: String, fields: Fields) async throws {
    try await withScene { ledger in
      let event = Scene.event(name, key: "K", fields.merging([field: "0000-12-31"]) { $1 })
      let codes = try await ledger.record([
        Scene.funds(key: "1", "1.00"), event, Scene.funds(key: "2", "1.00"),
      ])
      #expect(codes == ["recorded", "bad_value", "recorded"])
    }
  }

  @Test("A right without an end is in force for ten years, to the month's last day where the day is missing")
  func tenYears() async throws {
    try await withScene { ledger in
      func right(_ recordal: String, from day: String) -> Fields {
        Scene.event(
          "register_recordal", key: recordal,
          [
            "recordal": recordal, "party": "HOLDER", "kind": "design", "valid_from": day,
          ])
      }
      let codes = try await ledger.record([
        right("A", from: "2016-02-29"), right("B", from: "2015-08-31"), right("C", from: "9990-01-01"),
      ])
      #expect(codes == ["recorded", "recorded", "recorded"])
      let ends = try await ledger.rows(
        "select recordal, valid_to from guarantee.recordal where recordal < 'D' order by 1")
      #expect(ends == [["A", "2026-02-28"], ["B", "2025-08-31"], ["C", "10000-01-01"]])
    }
  }

  @Test(
    "Keys and codes have up to 64 and 200 printable characters of any script, texts up to 4000",
    arguments: [
      ("key", "k", 64, true), ("key", "k", 65, false), ("key", "青", 64, true), ("key", "青", 65, false),
      ("key", "🧾", 64, true), ("key", "🧾", 65, false), ("party", "p", 200, true), ("party", "p", 201, false),
      ("party", "担", 200, true), ("party", "担", 201, false), ("name", "n", 4000, true),
      ("name", "n", 4001, false),
      ("name", "保", 4000, true), ("name", "🚢", 4000, true), ("name", "🚢", 4001, false),
    ])
  func lengths(field: String, character: String, count: Int, isTaken: Bool) async throws {
    try await withScene { ledger in
      let value = String(repeating: character, count: count)
      let event = Scene.event("register_party", key: "K", ["party": "P", "kind": "consignor", "name": "n"])
      let sent = event.merging([field: value]) { $1 }
      let codes = try await ledger.record([sent, sent])
      #expect(codes == (isTaken ? ["recorded", "replayed"] : ["bad_value", "bad_value"]))
      if isTaken, field == "party" {
        #expect(
          try await ledger.value("select count(*) from guarantee.party where party = $1", [value]) == "1")
      }
    }
  }

  @Test(
    "Texts may have several lines and any script; codes may not, and nothing has characters that can't be seen",
    arguments: [
      ("name", "两行\n文字", true), ("name", "tab\there", true), ("name", "a\u{1}b", false),
      ("name", "a\u{7F}b", false),
      ("name", "a\u{202E}b", false), ("name", "\\u0041 'quoted' \"too\" $1 %s {event}", true),
      ("party", "甲 乙", true),
      ("party", "a\nb", false), ("party", "a\tb", false), ("party", "a\u{200B}b", false),
      ("party", "a\u{FEFF}b", false), ("party", "a\u{AD}b", false), ("party", "a\u{61C}b", false),
      ("party", "a\u{2060}b", false), ("party", "a\u{FE0F}b", false), ("party", "a\u{E0041}b", false),
      ("party", "O'Neill \"&\" Söhne; drop table guarantee.event --", true), ("party", "👩‍👩‍👧", false),
      ("party", "a:b:c", true), ("party", " ", true),
    ])
  func characters(field: String, value: String, isTaken: Bool) async throws {
    try await withScene { ledger in
      let event = Scene.event("register_party", key: "K", ["party": "P", "kind": "consignor", "name": "n"])
      let sent = event.merging([field: value]) { $1 }
      let codes = try await ledger.record([sent, sent])
      #expect(codes == (isTaken ? ["recorded", "replayed"] : ["bad_value", "bad_value"]))
      guard isTaken else { return }
      let kept = try await ledger.rows(
        "select \(field) from guarantee.party where party = $1", [sent["party"]])
      #expect(kept == [[value]])
    }
  }
}
