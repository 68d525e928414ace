import Foundation
import PostgresClient
import Testing

@testable import GuaranteeLedger

@Suite("Seals and receipts")
struct SealTests {
  private func keys(in ledger: Ledger) async throws -> [String] {
    try await ledger.query("select key from guarantee.event order by office, sequence").rows.compactMap {
      $0[0]
    }
  }

  @Test("A seal covers what came since the last one, is signed, and stays true of a growing journal")
  func growing() async throws {
    try await withToldLedger { ledger in
      let (key, nextKey) = (SealingKey(), SealingKey())
      let count = try await keys(in: ledger).count
      let first = try #require(try await ledger.seal(with: key))
      #expect(first.number == 1 && first.events == count && first.keyID == key.id && first.isSigned)
      #expect(first.previous == String(repeating: "0", count: 64))
      #expect(try await ledger.seal(with: key) == nil, "nothing came")
      let refused = try await ledger.record(event("H-03x", "register_nobody"))
      #expect(refused.refusal != nil)
      let second = try #require(try await ledger.seal(with: key), "an attempt came")
      #expect(second.events == 0)
      #expect(
        try await ledger.record(event("S-1", "register_party", ["party": "S", "kind": "guarantor"])).refusal
          == nil)
      let third = try #require(try await ledger.seal(with: nextKey))
      #expect(third.number == 3 && third.events == 1 && third.keyID == nextKey.id && third.isSigned)
      #expect(try await ledger.seals().all() == [first, second, third])
      #expect(try await ledger.check().all() == [])
    }
  }

  @Test("Every event has a receipt that stands by itself")
  func receipts() async throws {
    try await withToldLedger { ledger in
      let key = SealingKey()
      let (keys, seal) = (try await keys(in: ledger), try #require(try await ledger.seal(with: key)))
      #expect(
        try await ledger.record(event("S-1", "register_party", ["party": "S", "kind": "guarantor"])).refusal
          == nil)
      #expect(try await ledger.receipt(for: "S-1") == nil, "no seal covers it yet")
      #expect(try await ledger.receipt(for: "nobody's") == nil)
      #expect(try await ledger.seal(with: key)?.number == 2)
      for eventKey in keys + ["S-1"] {
        let receipt = try #require(try await ledger.receipt(for: eventKey))
        let read = try EventReceipt(json: receipt.json)
        #expect(read == receipt)
        let proof = try read.verify(trusting: key.id)
        #expect(proof.key == eventKey && proof.seal == (eventKey == "S-1" ? 2 : seal.number))
      }
      let receipt = try #require(try await ledger.receipt(for: keys[3]))
      #expect(throws: ReceiptError.unknownKey) { try receipt.verify(trusting: SealingKey().id) }
    }
  }

  @Test("A receipt in which any one value is another proves nothing")
  func changed() async throws {
    try await withToldLedger { ledger in
      let key = SealingKey()
      _ = try await ledger.seal(with: key)
      let keys = try await keys(in: ledger)
      let receipt = try #require(try await ledger.receipt(for: keys[keys.count / 2]))
      let text = receipt.json
      // One byte after the other of all that is not white space between values.
      for index in text.utf8.indices where text.utf8[index] > UInt8(ascii: " ") {
        var bytes = Array(text.utf8)
        let place = text.utf8.distance(from: text.utf8.startIndex, to: index)
        bytes[place] ^= 1
        let proof = try? EventReceipt(json: String(decoding: bytes, as: UTF8.self)).verify(trusting: key.id)
        #expect(proof == nil, "byte \(place)")
      }
      #expect(throws: ReceiptError.unreadable) { try EventReceipt(json: "{}") }
    }
  }

  @Test("The database takes no seal that says anything but what is so")
  func forged() async throws {
    try await withToldLedger { ledger in
      let key = SealingKey()
      let proposed = try await ledger.query(
        "select convert_from(bytes, 'UTF8') from guarantee_api.propose_seal($1)", [key.id])
      let statement = try #require(proposed.value)
      let hash = try #require(statement.firstMatch(of: /"hash": "([0-9a-f]{64})"/)).output.1
      let changes = [
        ("\"number\": \"1\"", "\"number\": \"2\""), ("\"events\": \"", "\"events\": \"1"),
        (key.id, SealingKey().id),
        ("sealed_at\": \"20", "sealed_at\": \"19"),
        (String(hash), String(hash.reversed())), ("\"root\": \"", "\"root\": \"0"),
        ("\"previous\": \"00", "\"previous\": \"01"),
        ("\"sealed_by\": \"", "\"sealed_by\": \"x"), ("{", "{ "),
      ]
      for (old, new) in changes {
        let other = statement.replacingOccurrences(of: old, with: new)
        try #require(other != statement)
        await #expect(throws: LedgerError.self, "\(old)") {
          try await ledger.query(
            "select guarantee_api.add_seal(convert_to($1, 'UTF8'), decode($2, 'hex'), decode(repeat('00', 64), 'hex'))",
            [other, key.publicKeyDigits])
        }
      }
      #expect(try await ledger.seals().all() == [])
    }
  }

  private func event(_ key: String, _ name: String, _ fields: [String: String] = [:]) -> [Event] {
    [Event(key: key, on: "2025-03-03", name: name, fields: fields)]
  }
}

extension [RecordResult] {
  fileprivate var refusal: LedgerRefusal? { compactMap(\.refusal).first }
}
