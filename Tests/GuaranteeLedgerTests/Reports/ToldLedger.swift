import Foundation
import GuaranteeLedger
import LedgerTestSupport
import TestSupport
import Testing

/// A database with the ledger that the examples of all events leave.
let toldLedger = DatabaseTemplate(name: "told_ledger") { connectionString in
  _ = try await Ledger.migrate(connectionString)
  let ledger = try await Ledger.open(.patient(connectionString))
  let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let file = try EventFile(path: package.path + "/sql/stories/examples.csv")
  var rows: [EventRow] = []
  while let row = try file.next() { rows.append(row) }
  for result in try await ledger.record(rows: rows) + ledger.record(try CalledLetter.events) {
    #expect(result.refusal == nil, "\(result)")
  }
  await ledger.close()
}

/// Runs `body` with a ledger of its own in which every event has happened.
func withToldLedger<Value: Sendable>(_ body: @Sendable (Ledger) async throws -> Value) async throws -> Value {
  try await TemporaryServer.shared.withDatabase(template: toldLedger) { connectionString in
    let ledger = try await Ledger.open(.patient(connectionString))
    do {
      let value = try await body(ledger)
      await ledger.close()
      return value
    } catch {
      await ledger.close()
      throw error
    }
  }
}

/// A dispute in another office whose letter of guarantee was called and paid in part, and whose fee is open.
private enum CalledLetter {
  static var events: [any LedgerEvent] {
    get throws {
      let on = try #require(LedgerDate("2025-03-03"))
      let value = try #require(Amount("1000.00"))
      let part = try #require(Amount("400.00"))
      let paid = try #require(Amount("100.00"))
      return [
        RegisterOffice(
          key: "H-01", on: on, office: "HARBIN", zone: "HARBIN-FTZ", instruments: [.cash, .letter]),
        RegisterParty(key: "H-02", on: on, party: "HOLDER", kind: .rightHolder),
        RegisterParty(key: "H-03", on: on, party: "EXPORTER", kind: .consignor),
        RegisterParty(key: "H-04", on: on, party: "BANK", kind: .guarantor),
        RegisterRecordal(
          key: "H-05", on: on, recordal: "RIGHT", party: "HOLDER", kind: .utilityModel, validFrom: on),
        GrantFacility(
          key: "H-06", on: on, office: "HARBIN", guarantor: "BANK", amount: value, currency: .cny),
        OpenDispute(
          key: "H-07", on: on, office: "HARBIN", dispute: "H", procedure: .onApplication, recordal: "RIGHT",
          rightHolder: "HOLDER", consignor: "EXPORTER", currency: .cny),
        AddLot(key: "H-08", on: on, dispute: "H", lot: "1", amount: value),
        LodgeSecurity(key: "H-09", on: on, dispute: "H", amount: value),
        Detain(key: "H-10", on: on, dispute: "H"),
        RequestRelease(key: "H-11", on: on, dispute: "H", guarantor: "BANK"),
        LodgeCounterGuarantee(
          key: "H-12", on: on, dispute: "H", guarantor: "BANK", amount: value, instrument: .letter,
          expiresOn: LedgerDate("2030-01-31")),
        ReleaseConditionally(key: "H-13", on: on, dispute: "H", lot: "1"),
        ServeNotice(key: "H-14", on: on, dispute: "H"),
        AcceptSuit(key: "H-15", on: on, dispute: "H", reference: "suit"),
        Decide(
          key: "H-16", on: on, dispute: "H", outcome: .infringing, reference: "judgment", amount: value),
        CallUndertaking(
          key: "H-17", on: on, dispute: "H", guarantor: "BANK", amount: part, reference: "call"),
        ChargeFee(key: "H-18", on: on, dispute: "H", guarantor: "BANK", amount: part),
        ReceiveCall(key: "H-19", on: on, dispute: "H", guarantor: "BANK", amount: paid),
        ClaimRecourse(key: "H-20", on: on, dispute: "H", guarantor: "BANK", amount: paid),
      ]
    }
  }
}
