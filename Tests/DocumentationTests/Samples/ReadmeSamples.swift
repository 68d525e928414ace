import GuaranteeLedger

// What README.md shows.
enum ReadmeSamples {
  static func story(
    _ connectionString: String, _ amount: Amount, _ day: LedgerDate, after position: FeedPosition,
    print: (Any...) -> Void
  ) async throws {
    // begin sample
    let ledger = try await Ledger.open(connectionString)
    let result = try await ledger.record(
      RefundFunds(
        key: "HRB-5", on: day, office: "HARBIN", guarantor: "BANK-A", amount: amount, currency: .cny))
    if let refusal = result.refusal { print(refusal.code, refusal.message) }
    if let dispute = try await ledger.dispute("QD-2026-0101") { print(dispute.stage, dispute.cover) }
    for try await event in ledger.events(after: position) { print(event.name, event.entries.count) }
    // end sample
    await ledger.close()
  }
}
