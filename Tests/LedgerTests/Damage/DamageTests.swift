import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import TestSupport
import Testing

@Suite("What check finds in a ledger that was damaged past its guards")
struct DamageTests {
  /// A ledger with something of everything, in which nothing is wrong.
  static let sound = DatabaseTemplate(name: "sound_ledger") { connectionString in
    let ledger = try await Ledger.open(.patient(connectionString), migrating: true)
    let results = try await ledger.record(Scene.everything.map(Event.init(fields:)))
    let refused = results.compactMap(\.refusal)
    if !refused.isEmpty { throw NotSound(refused: refused) }
    // Two seals, and attempts before and between them.
    let key = SealingKey()
    for round in 1...2 {
      _ = try await ledger.record(Scene.refused(round).map(Event.init(fields:)))
      _ = try await ledger.seal(with: key)
    }
    try await BankSide.tell(ledger)
    await ledger.close()
  }

  private struct NotSound: Error { let refused: [LedgerRefusal] }

  @Test("Nothing, in a copy that is not damaged")
  func sound() async throws {
    try await withLedger(template: Self.sound) { ledger in
      let found = try await ledger.check()
      #expect(found == [])
    }
  }

  @Test("Nothing, where codes put one after the other read alike")
  func codesThatReadAlike() async throws {
    func party(_ name: String, _ kind: String) -> Fields {
      Scene.event("register_party", key: name, ["party": name, "kind": kind])
    }
    func exposed(_ dispute: String, _ guarantor: String, to consignor: String, _ amount: String) -> [Fields] {
      Scene.released(dispute).prefix(7).map { event in
        var event = event
        if event["guarantor"] != nil { event["guarantor"] = guarantor }
        if event["consignor"] != nil { event["consignor"] = consignor }
        if event["instrument"] != nil { event["amount"] = amount }
        if event["instrument"] == "cash" { event["instrument"] = "policy" }
        return event
      }
    }
    let parties = [
      party("B", "guarantor"), party("B C", "guarantor"), party("C D", "consignor"), party("D", "consignor"),
    ]
    let facilities = ["B", "B C"].map { Scene.grant(key: "F \($0)").merging(["guarantor": $0]) { $1 } }
    let events =
      Scene.opening + parties + facilities + exposed("1", "B", to: "C D", "7.00")
      + exposed("2", "B C", to: "D", "8.00")
    try await withLedger { ledger in
      let codes = try await ledger.record(events)
      #expect(codes.filter { $0 != "recorded" } == [])
      let found = try await ledger.check()
      #expect(found == [])
    }
  }

  @Test("An entry that was changed", arguments: Damage.ofEntries)
  func entries(_ damage: Damage) async throws { try await expectNamed(damage) }

  @Test("An event that was changed", arguments: Damage.ofEvents)
  func events(_ damage: Damage) async throws { try await expectNamed(damage) }

  @Test("An event of which nothing else would tell that it was changed", arguments: Damage.ofChain)
  func chain(_ damage: Damage) async throws { try await expectNamed(damage) }

  @Test("A refused attempt or a seal that was changed", arguments: Damage.ofAttempts + Damage.ofSeals)
  func evidence(_ damage: Damage) async throws { try await expectNamed(damage) }

  @Test("An account or an exposure that was changed", arguments: Damage.ofMoney)
  func money(_ damage: Damage) async throws { try await expectNamed(damage) }

  @Test("A dispute, a lot or a deadline that was changed", arguments: Damage.ofDisputes)
  func disputes(_ damage: Damage) async throws { try await expectNamed(damage) }

  @Test("The bank's side that was changed", arguments: Damage.ofBank + Damage.ofMatches)
  func bank(_ damage: Damage) async throws { try await expectNamed(damage) }

  @Test("A guarantor's position that was changed", arguments: Damage.ofPositions)
  func positions(_ damage: Damage) async throws { try await expectNamed(damage) }

  @Test("A register that was changed", arguments: Damage.ofRegisters)
  func registers(_ damage: Damage) async throws { try await expectNamed(damage) }

  private func expectNamed(_ damage: Damage) async throws { try await damage.expectNamed(in: Self.sound) }
}
