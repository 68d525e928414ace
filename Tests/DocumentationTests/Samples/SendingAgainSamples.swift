import GuaranteeLedger

// What SendingAgain.md shows.
enum SendingAgainSamples {
  static func settled(
    _ event: some LedgerEvent, in ledger: Ledger, attempts: Int = 5
  ) async throws(LedgerError) -> RecordResult {
    // begin sample
    for _ in 1..<attempts {
      do {
        return try await ledger.record(event, deadline: .seconds(10))
      } catch {
        guard [.outcomeUnknown, .deadlineExceeded, .connectionLost, .queueFull].contains(error.code) else {
          throw error
        }
      }
    }
    return try await ledger.record(event, deadline: .seconds(60))
    // end sample
  }

  static func left(of events: [any LedgerEvent], in ledger: Ledger) async -> [String] {
    // begin sample
    do {
      let results = try await ledger.record(events)
      return results.compactMap(\.refusal).map(\.key)
    } catch {
      return error.unknownKeys + error.unrecordedKeys
    }
    // end sample
  }
}
