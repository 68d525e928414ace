import GuaranteeLedger
import LedgerTestSupport
import TestSupport
import Testing

/// An empty database with the ledger's tables.
let emptyLedger = DatabaseTemplate(name: "empty_ledger") { _ = try await Ledger.migrate($0) }

/// What the samples take for granted: offices, parties, a right, and a guarantor with a facility.
enum Offices {
  static let day = "2026-01-05"

  static func events() throws -> [any LedgerEvent] {
    let day = try #require(LedgerDate(day))
    let facility = try #require(Amount("5000000.00"))
    return [
      RegisterOffice(
        key: "set up/1", on: day, office: "QINGDAO", zone: "Z", instruments: [.cash, .letter, .policy]),
      RegisterOffice(key: "set up/2", on: day, office: "HARBIN", zone: "Z"),
      RegisterParty(key: "set up/3", on: day, party: "HOLDER", kind: .rightHolder),
      RegisterParty(key: "set up/4", on: day, party: "EXPORTER", kind: .consignor),
      RegisterParty(key: "set up/5", on: day, party: "BANK-A", kind: .guarantor),
      RegisterRecordal(
        key: "set up/6", on: day, recordal: "PATENT-1", party: "HOLDER", kind: .invention, validFrom: day),
      GrantFacility(
        key: "set up/7", on: day, office: "QINGDAO", guarantor: "BANK-A", amount: facility, currency: .cny),
    ]
  }

  /// From the detention of goods to a suit over them, with a fee that is owed.
  static func suit(_ dispute: String) throws -> [any LedgerEvent] {
    let day = try #require(LedgerDate(day))
    let fee = try #require(Amount("9.00"))
    return [
      Detain(key: "\(dispute)/detain", on: day, dispute: dispute),
      RequestRelease(key: "\(dispute)/request", on: day, dispute: dispute, guarantor: "BANK-A"),
      ChargeFee(key: "\(dispute)/fee", on: day, dispute: dispute, guarantor: "BANK-A", amount: fee),
    ]
  }

  /// Runs `body` with a ledger in which they are recorded.
  static func withLedger(
    _ body: (_ ledger: Ledger, _ connectionString: String, _ day: LedgerDate) async throws -> Void
  ) async throws {
    try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
      let ledger = try await Ledger.open(.patient(connectionString))
      for result in try await ledger.record(events()) { #expect(result.refusal == nil) }
      try await body(ledger, connectionString, #require(LedgerDate(day)))
      await ledger.close()
    }
  }
}
