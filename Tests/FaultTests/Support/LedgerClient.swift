import GuaranteeLedger

/// The library as its callers use it.
struct LedgerClient: RecordingClient {
  let ledger: Ledger

  func record(_ intents: [Intent], deadline: Duration) async -> [Told] {
    await attempt(intents, deadline: deadline).told
  }

  /// What is told of each, and the error when there was one.
  func attempt(_ intents: [Intent], deadline: Duration) async -> (told: [Told], error: LedgerError?) {
    do {
      let results = try await ledger.record(intents.map { $0.event() }, deadline: deadline)
      let told = intents.indices.map { index in
        index < results.count
          ? Told(results[index], of: intents[index]) : .misaddressed("\(results.count) results")
      }
      return (told, nil)
    } catch {
      let told = intents.indices.map { index in
        index < error.events.count
          ? Told(error.events[index], of: intents[index], error) : .misaddressed("\(error)")
      }
      return (told, error)
    }
  }
}

extension Told {
  init(_ status: EventStatus, of intent: Intent, _ error: LedgerError) {
    switch status.state {
    case _ where status.key != intent.event().key: self = .misaddressed(status.key)
    case .settled(let result): self = Told(result, of: intent)
    case .unknown: self = .unknown(error.message)
    case .notRecorded: self = .notRecorded(error.code)
    }
  }
}
