import GuaranteeLedger
import TestSupport
import Testing

@Suite("Recording in the database")
struct RecordingTests {
  private static let on = "2026-01-05"

  private func office(_ key: String, _ office: String = "QINGDAO") -> Event {
    Event(key: key, on: Self.on, name: "register_office", fields: ["office": office, "zone": "Z"])
  }

  @Test("Each event gets its own result, in order; the same key with the same content is replayed")
  func results() async throws {
    try await withLedger { ledger in
      let results = try await ledger.record([
        office("K-1"), office("K-2"), office("K-1"), office("K-3", "HARBIN"),
        Event(key: "K-4", on: Self.on, name: "nothing"),
      ])
      #expect(results.map(\.key) == ["K-1", "K-2", "K-1", "K-3", "K-4"])
      #expect(results.map(\.code) == ["recorded", "duplicate", "replayed", "recorded", "unknown_event"])
      #expect(results[1].refusal?.code == .duplicate)
      #expect(results[1].refusal?.key == "K-2")
      #expect(results[1].refusal?.message.contains("QINGDAO") == true)
      #expect(results[0].refusal == nil)
    }
  }

  @Test("A refusal says what was asked and what was there")
  func refusal() async throws {
    try await withLedger { ledger in
      let on = try #require(LedgerDate("2026-01-05"))
      let amount = try #require(Amount("5.00"))
      _ = try await ledger.record([office("K-1")])
      let result = try await ledger.record(
        ReceiveUnidentified(
          key: "K-2", on: on, office: "NOWHERE", amount: amount, currency: .cny, reference: "R"))
      #expect(result.refusal?.code == .unknownOffice)
      #expect(result.refusal?.asked == "NOWHERE")
      let late = try await ledger.record(
        RegisterOffice(key: "K-3", on: try #require(LedgerDate("9999-12-31")), office: "HARBIN", zone: "Z"))
      #expect(late.refusal?.code == .dateInFuture)
      #expect(late.refusal?.asked == "9999-12-31")
      #expect(late.refusal?.there == (try await ledger.today()).description)
    }
  }

  @Test("No event takes no call, and what no database can store is refused beside the others")
  func unstorable() async throws {
    try await withLedger { ledger in
      #expect(try await ledger.record([Event]()) == [])
      var spoilt = office("K-1")
      spoilt.fields["zone"] = "a\0b"
      var strange = office("K-2")
      strange.fields["a\0b"] = "c"
      let results = try await ledger.record([spoilt, office("K-3"), strange])
      #expect(results.map(\.code) == ["bad_value", "recorded", "unknown_field"])
    }
  }

  @Test("When a call fails, what no database can store has its refusal in its place")
  func unstorableInFailure() async throws {
    try await BlockedBook.with { book in
      var spoilt = office("K-1")
      spoilt.fields["zone"] = "a\0b"
      let events = [spoilt, GuaranteeLedgerTests.receipt("K-2", amount: "1.00"), spoilt]
      let error = await #expect(throws: LedgerError.self) {
        try await book.ledger.record(events, deadline: .seconds(1))
      }
      #expect(error?.events.map(\.key) == ["K-1", "K-2", "K-1"])
      #expect(error?.results.map(\.code) == ["bad_value", "bad_value"])
    }
  }

  @Test("Values of every script and shape come through unharmed")
  func values() async throws {
    try await withLedger { ledger in
      var event = office("K-1")
      event.fields["name"] = "青岛海关 \"quoted\" \\ back, slash\nline\u{1F9FE} '"
      var results = try await ledger.record([event])
      results += try await ledger.record([event])
      event.fields["name"] = "another"
      results += try await ledger.record([event])
      #expect(results.map(\.code) == ["recorded", "replayed", "key_conflict"])
    }
  }

  @Test("Several calls are one transaction: kept together, taken back by an error, or tried only")
  func atomically() async throws {
    struct Stop: Error {}
    try await withLedger { ledger in
      await #expect(throws: Stop.self) {
        try await ledger.atomically { inside in
          _ = try await inside.record([office("K-1")])
          throw Stop()
        }
      }
      let tried = try await ledger.atomically(rollingBack: true) { inside in
        let first = try await inside.record([office("K-1")])
        return first + (try await inside.record([office("K-2")]))
      }
      #expect(tried.map(\.code) == ["recorded", "duplicate"])
      let kept = try await ledger.atomically { inside in
        try await inside.record([office("K-1")]) + inside.record([office("K-2", "HARBIN")])
      }
      #expect(kept.map(\.code) == ["recorded", "recorded"])
      #expect(try await ledger.record([office("K-1")]).map(\.code) == ["replayed"])
    }
  }

  @Test("Many tasks share a ledger and each gets its own result")
  func concurrently() async throws {
    try await withLedger { ledger in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<50 {
          group.addTask {
            let key = "K-\(number)"
            let results = try await ledger.record([office(key, "O-\(number % 10)")])
            return results.count == 1 && results[0].key == key && results[0].code == "recorded"
          }
        }
        var recorded = 0
        for try await isRecorded in group where isRecorded { recorded += 1 }
        #expect(recorded == 10)
      }
    }
  }
}
