import TestSupport
import Testing

@Suite("A key that comes again")
struct DuplicateKeyTests {
  private static let payment = Scene.funds(key: "K", "7.00")
  private static let otherPayment = Scene.funds(key: "K", "8.00")
  private static let elsewhere = Scene.funds(key: "K", office: "HARBIN", "7.00")

  private func withScene(_ body: @Sendable (TestLedger) async throws -> Void) async throws {
    try await withLedger { ledger in
      let opening = try await ledger.record(Scene.opening)
      try #require(opening.allSatisfy { $0 == "recorded" })
      try await body(ledger)
      #expect(try await ledger.check() == [])
      let keys = try await ledger.rows("select key from guarantee.event")
      #expect(Set(keys).count == keys.count)
    }
  }

  @Test("In one batch the same content is replayed and other content is a conflict, in every order")
  func inOneBatch() async throws {
    try await withScene { ledger in
      let batch = [Self.payment, Self.otherPayment, Self.payment, Self.elsewhere, Self.payment]
      let codes = try await ledger.record(batch)
      #expect(codes == ["recorded", "key_conflict", "replayed", "key_conflict", "replayed"])
      let again = try await ledger.record(batch.reversed())
      #expect(again == ["replayed", "key_conflict", "replayed", "key_conflict", "replayed"])
      #expect(
        try await ledger.rows("select office, fields ->> 'amount' from guarantee.event where key = 'K'")
          == [["QINGDAO", "7.00"]])
    }
  }

  @Test(
    "An amount written another way is the same content, and what is not the same in any other way is not",
    arguments: [
      (["amount": "7"], "replayed"), (["amount": "07.0"], "replayed"), (["amount": "7.01"], "key_conflict"),
      (["reference": "Bank"], "key_conflict"), (["on": "2025-03-04"], "key_conflict"),
      (["event": "credit_interest"], "key_conflict"), (["guarantor": "NOBODY"], "key_conflict"),
    ])
  func content(change: Fields, code: String) async throws {
    try await withScene { ledger in
      let codes = try await ledger.record([Self.payment, Self.payment.merging(change) { $1 }])
      #expect(codes == ["recorded", code])
    }
  }

  @Test("A refused event leaves its key free, within a batch and after it")
  func freed() async throws {
    try await withScene { ledger in
      let refused = Scene.funds(key: "K", office: "NOWHERE", "7.00")
      let codes = try await ledger.record([refused, refused, Self.payment, refused])
      #expect(codes == ["unknown_office", "unknown_office", "recorded", "key_conflict"])
      let unreadable = Self.payment.merging(["key": "L", "amount": "-7.00"]) { $1 }
      #expect(try await ledger.record([unreadable]) == ["bad_value"])
      #expect(try await ledger.record([Scene.funds(key: "L", "7.00")]) == ["recorded"])
    }
  }

  @Test(
    "Two connections at once: one records, the other sees what the first has left",
    arguments: [
      (payment, true, "replayed"), (payment, false, "recorded"), (otherPayment, true, "key_conflict"),
      (otherPayment, false, "recorded"), (elsewhere, true, "key_conflict"), (elsewhere, false, "recorded"),
    ])
  func atOnce(second: Fields, keeping: Bool, code: String) async throws {
    try await withScene { ledger in
      // At the second's office alone, or the batch would wait for the first's book and not for its key.
      let office = second["office"] ?? ""
      let neighbours = [
        Scene.funds(key: "N1", office: office, "1.00"), second,
        Scene.funds(key: "N2", office: office, "1.00"),
      ]
      let together = try await ledger.recordAtOnce([Self.payment], neighbours, keeping: keeping)
      #expect(together.first == ["recorded"])
      #expect(together.second == ["recorded", code, "recorded"])
    }
  }

  @Test(
    "A dispute, a party, a lot or an office made by two connections at once is made once",
    arguments: [
      (Scene.dispute(key: "1", "D"), Scene.dispute(key: "2", "D")),
      (Scene.dispute(key: "1", "D"), Scene.dispute(key: "2", "D", office: "HARBIN")),
      (
        Scene.event("register_party", key: "1", ["party": "P", "kind": "consignor"]),
        Scene.event("register_party", key: "2", ["party": "P", "kind": "guarantor"])
      ),
      (
        Scene.event("register_office", key: "1", ["office": "DALIAN", "zone": "Z"]),
        Scene.event("register_office", key: "2", ["office": "DALIAN", "zone": "Z"])
      ),
    ], [true, false])
  func madeOnce(_ pair: (first: Fields, second: Fields), keeping: Bool) async throws {
    try await withScene { ledger in
      let neighbour = Scene.funds(key: "N", office: "HARBIN", "1.00")
      let together = try await ledger.recordAtOnce([pair.first], [pair.second, neighbour], keeping: keeping)
      #expect(together.first == ["recorded"])
      #expect(together.second == [keeping ? "duplicate" : "recorded", "recorded"])
    }
  }

  @Test("A dispute's events that come while another connection opens it wait for nothing and know no dispute")
  func notYetOpen() async throws {
    try await withScene { ledger in
      let lot = Scene.event("add_lot", key: "2", ["dispute": "D", "lot": "1", "amount": "5.00"])
      let together = try await ledger.recordAtOnce([Scene.dispute(key: "1", "D")], [lot])
      #expect(together.second == ["unknown_dispute"])
      #expect(try await ledger.record([lot]) == ["recorded"])
    }
  }
}
