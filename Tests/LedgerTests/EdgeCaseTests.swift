import GuaranteeLedger
import PostgresClient
import Testing

@Suite("What record() takes for a batch")
struct EdgeCaseTests {
  /// The results of a batch given as JSON: key, result and message of each.
  private func record(_ json: String?, in ledger: TestLedger) async throws -> [[String]] {
    try await ledger.rows(
      #"select key, result, message from guarantee_api.record($1::jsonb) order by "position""#, [json])
  }

  @Test("No event is no result", arguments: ["[]", nil] as [String?])
  func nothing(json: String?) async throws {
    try await withLedger { ledger in
      let results = try await record(json, in: ledger)
      #expect(results == [])
      #expect(try await ledger.value("select sum(sequence) from guarantee.book") == "0")
    }
  }

  @Test(
    "What is no event at all is none that is known, each in its place",
    arguments: [
      "1", "null", "true", "\"register_party\"", "[]", "[{}]", "{}", #"{"event": null}"#, #"{"event": 5}"#,
    ])
  func noEvent(json: String) async throws {
    try await withLedger { ledger in
      let party =
        #"{"key": "P", "on": "2025-01-02", "event": "register_party", "party": "P", "kind": "guarantor"}"#
      let results = try await record("[\(json), \(party), \(json)]", in: ledger)
      #expect(results.map { $0[1] } == ["unknown_event", "recorded", "unknown_event"])
      #expect(results[0][2].hasPrefix("There is no event "))
    }
  }

  @Test("What is no array is no batch", arguments: ["{}", "5", "\"x\"", "null"])
  func noBatch(json: String) async throws {
    try await withLedger { ledger in
      let error = await #expect(throws: PostgresError.self) { try await record(json, in: ledger) }
      #expect(error?.sqlState?.conditionClass == "22")
    }
  }

  @Test(
    "Values that are no text are bad values, empty ones and nulls were not given",
    arguments: [
      (#""amount": 5"#, "bad_value"), (#""amount": 5.5"#, "bad_value"), (#""amount": true"#, "bad_value"),
      (#""amount": {}"#, "bad_value"), (#""amount": []"#, "bad_value"), (#""amount": ["5"]"#, "bad_value"),
      (#""amount": [["5"]]"#, "bad_value"), (#""amount": {"a": "5"}"#, "bad_value"),
      (#""amount": null"#, "missing_field"), (#""amount": """#, "missing_field"),
      (#""reference": 5"#, "bad_value"), (#""reference": ["r"]"#, "bad_value"),
      (#""reference": null"#, "missing_field"), (#""office": ["QINGDAO"]"#, "bad_value"),
      (#""lot": """#, "recorded"), (#""lot": null"#, "recorded"), (#""lot": 7"#, "unknown_field"),
      (#""lot": []"#, "unknown_field"), (#""key": 7"#, "bad_value"), (#""key": ["K"]"#, "bad_value"),
      (#""key": """#, "missing_field"), (#""on": 20250102"#, "bad_value"),
      (#""on": ["2025-01-02"]"#, "bad_value"),
      (#""event": ["receive_funds"]"#, "unknown_event"), (#""amount": "6""#, "recorded"),
    ])
  func values(members: String, code: String) async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening)
      let event = """
        {"key": "K", "on": "2025-03-03", "event": "receive_funds", "office": "QINGDAO", "guarantor": "BANK",
         "currency": "CNY", "amount": "5", "reference": "r", \(members)}
        """
      let results = try await record("[\(event)]", in: ledger)
      #expect(results.map { $0[1] } == [code], "\(results)")
      let found = try await ledger.check()
      #expect(found == [])
    }
  }

  @Test("A field that was empty is not kept, so that the event is the same without it")
  func emptyIsAbsent() async throws {
    try await withLedger { ledger in
      let whole =
        #"{"key": "P", "on": "2025-01-02", "event": "register_party", "party": "P", "kind": "guarantor""#
      let results = try await record(
        #"[\#(whole), "name": ""}, \#(whole)}, \#(whole), "name": null}]"#, in: ledger)
      #expect(results.map { $0[1] } == ["recorded", "replayed", "replayed"])
      #expect(try await ledger.value("select fields ? 'name' from guarantee.event") == "f")
    }
  }

  @Test("Events of one batch may use what those before them registered, and not what those behind them do")
  func alternating() async throws {
    try await withLedger { ledger in
      let opening = Scene.opening
      let batch = opening.flatMap { [$0, Scene.funds(key: "after \($0["key"] ?? "")", "1.00")] }
      let codes = try await ledger.record([Scene.funds(key: "first", "1.00")] + batch)
      let used = stride(from: 0, to: codes.count, by: 2).map { codes[$0] }
      let firstUse = try #require(used.firstIndex(of: "recorded"))
      #expect(firstUse == 1 + (opening.firstIndex { $0["key"] == "PG" } ?? 0))
      #expect(used[..<firstUse].allSatisfy { ["unknown_office", "unknown_party"].contains($0) })
      #expect(used[firstUse...].allSatisfy { $0 == "recorded" })
      #expect(stride(from: 1, to: codes.count, by: 2).allSatisfy { codes[$0] == "recorded" })
      let found = try await ledger.check()
      #expect(found == [])
    }
  }

  @Test("A dispute can be opened, moved and closed within one batch, among others")
  func wholeLife() async throws {
    try await withLedger { ledger in
      func of(_ name: String, _ fields: Fields = [:]) -> Fields {
        Scene.event(name, key: "D \(name)", fields.merging(["dispute": "D"]) { $1 })
      }
      let life = [
        Scene.dispute(key: "D open", "D"), of("add_lot", ["lot": "1", "amount": "10.00"]),
        of("lodge_security", ["amount": "10.00"]), of("detain"), of("exclude"),
        of("release_lot", ["lot": "1"]),
        of("return_security", ["amount": "10.00"]), of("close_dispute"),
      ]
      let codes = try await ledger.record(Scene.opening + life + Scene.released("E") + [of("detain")])
      #expect(codes.last == "key_conflict" || codes.last == "replayed")
      #expect(codes.dropLast().filter { $0 != "recorded" } == [])
      #expect(try await ledger.value("select stage from guarantee.dispute where dispute = 'D'") == "closed")
      let found = try await ledger.check()
      #expect(found == [])
    }
  }

  @Test("A dispute opened again is judged by the office that the event names, alone and within a batch")
  func namedOffice() async throws {
    try await withLedger { ledger in
      func again(_ key: String, _ office: String) -> Fields {
        Scene.dispute(key: key, "D", office: office)
      }
      let offices = ["NOWHERE", "HARBIN", "QINGDAO"]
      let codes = try await ledger.record(
        Scene.opening + [Scene.dispute(key: "open", "D")] + offices.map { again("batch \($0)", $0) })
      #expect(codes.suffix(3) == ["unknown_office", "duplicate", "duplicate"])
      for (office, code) in zip(offices, codes.suffix(3)) {
        #expect(try await ledger.record([again("alone \(office)", office)]) == [code])
      }
    }
  }

  @Test("A dispute may have a thousand lots")
  func manyLots() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening + [Scene.dispute(key: "open", "D")])
      func lots(_ range: ClosedRange<Int>) -> [Fields] {
        range.map {
          Scene.event("add_lot", key: "L\($0)", ["dispute": "D", "lot": "\($0)", "amount": "1.01"])
        }
      }
      let codes = try await ledger.record(lots(1...1000) + lots(500...500))
      #expect(codes.filter { $0 == "recorded" }.count == 1000)
      #expect(codes.last == "replayed")
      #expect(try await ledger.value("select goods_value from guarantee_api.report_disputes()") == "1010.00")
      #expect(try await ledger.value("select count(*) from guarantee_api.report_lots()") == "1000")
    }
  }
}
