import GuaranteeLedger

// What ReadingResults.md and HandlingRefusals.md show.
enum ResultSamples {
  static func outcome(_ result: RecordResult) -> String {
    // begin sample
    switch result.outcome {
    case .recorded: return "\(result.key) is recorded"
    case .replayed: return "\(result.key) had been recorded before"
    case .pending: return "\(result.key) waits for a second person"
    case .refused(let refusal): return refusal.message
    }
    // end sample
  }

  static func position(_ result: RecordResult) -> String {
    // begin sample
    guard let position = result.position else { return "refused" }
    return "number \(position.sequence) in the book of \(position.office)"
    // end sample
  }

  static func refund(
    _ amount: Amount, key: String, on day: LedgerDate, from ledger: Ledger
  ) async throws -> String {
    // begin sample
    let result = try await ledger.record(
      RefundFunds(
        key: key, on: day, office: "HARBIN", guarantor: "BANK-A", amount: amount, currency: .cny))
    guard let refusal = result.refusal else { return "paid" }
    switch refusal.code {
    case .insufficientFunds: return "asked for \(refusal.asked ?? ""), there is \(refusal.there ?? "")"
    case .dateInFuture, .periodClosed: return "give another date: \(refusal.message)"
    case .keyConflict: return "the key \(refusal.key) is another event's"
    default: return refusal.message
    }
    // end sample
  }
}
