import GuaranteeLedger

// What GuaranteeLedger.md and RecordingEvents.md show.
enum EventSamples {
  static func receipt(_ ledger: Ledger, _ amount: Amount, _ today: LedgerDate) async throws -> String {
    var printed = ""
    func print(_ text: String) { printed = text }
    // begin sample
    let result = try await ledger.record(
      ReceiveFunds(
        key: "HRB-3", on: today, office: "HARBIN", guarantor: "BANK-A", amount: amount, currency: .cny,
        reference: "receipt 17"))
    print(result.code)
    // end sample
    return printed
  }

  static func typed(_ ledger: Ledger, _ value: Amount, _ day: LedgerDate) async throws -> RecordResult {
    // begin sample
    let lodging = LodgeCounterGuarantee(
      key: "CG-2026-0117", on: day, dispute: "QD-2026-0101", guarantor: "BANK-A", amount: value,
      instrument: .letter, expiresOn: LedgerDate("2027-01-05"))
    let result = try await ledger.record(lodging)
    // end sample
    return result
  }

  static func several(_ ledger: Ledger, _ value: Amount, _ day: LedgerDate) async throws -> [RecordResult] {
    // begin sample
    let results = try await ledger.record([
      OpenDispute(
        key: "QD-2026-0101/1", on: day, office: "QINGDAO", dispute: "QD-2026-0101", procedure: .onApplication,
        recordal: "PATENT-1", rightHolder: "HOLDER", consignor: "EXPORTER", currency: .cny),
      AddLot(
        key: "QD-2026-0101/2", on: day, dispute: "QD-2026-0101", lot: "1", amount: value,
        description: "solar panels"),
    ])
    // end sample
    return results
  }

  static func atOnce(_ ledger: Ledger, _ receipts: [ReceiveFunds]) async throws -> Int {
    var refusals = 0
    // begin sample
    try await withThrowingTaskGroup(of: RecordResult.self) { group in
      for receipt in receipts {
        group.addTask { try await ledger.record(receipt) }
      }
      for try await result in group where result.refusal != nil { refusals += 1 }
    }
    // end sample
    return refusals
  }

  static func untyped(_ ledger: Ledger) async throws -> [RecordResult] {
    // begin sample
    let event = Event(
      key: "QD-2026-0101/3", on: "2026-01-05", name: "lodge_security",
      fields: ["dispute": "QD-2026-0101", "amount": "1000.00"])
    let results = try await ledger.record([event])
    // end sample
    return results
  }

  static func file(_ ledger: Ledger, _ path: String) async throws -> [RecordResult] {
    var results: [RecordResult] = []
    // begin sample
    let file = try EventFile(path: path)
    var events: [Event] = []
    while let row = try file.next() {
      events.append(row.event)
      if events.count == 1000 {
        results += try await ledger.record(events)
        events = []
      }
    }
    results += try await ledger.record(events)
    // end sample
    return results
  }
}
