import GuaranteeLedger

/// What a caller was told of an intent.
enum Told: Sendable, Hashable {
  case recorded
  case replayed
  case refused(RefusalCode)
  /// It may have been recorded or not, and why that is not known.
  case unknown(String)
  /// It was not recorded and will not be.
  case notRecorded(LedgerError.Code)
  /// It got the result of another event, or none.
  case misaddressed(String)

  init(_ result: RecordResult, of intent: Intent) {
    switch result.outcome {
    case _ where result.key != intent.event().key: self = .misaddressed(result.key)
    case .recorded, .pending: self = .recorded
    case .replayed: self = .replayed
    case .refused(let refusal): self = .refused(refusal.code)
    }
  }

  /// Whether it says that the intent is in the journal.
  var claimsRecorded: Bool { self == .recorded || self == .replayed }

  /// Whether it is a result, not a failure.
  var isSettled: Bool {
    switch self {
    case .recorded, .replayed, .refused: true
    case .unknown, .notRecorded, .misaddressed: false
    }
  }
}

/// What became of an intent in one call of one caller.
struct Answer: Sendable {
  let intent: Intent
  let told: Told
  /// Tells the callers of a run apart.
  let caller: String
  /// Counts the caller's calls, from 0.
  let call: Int
  /// Whether the call had its answer before its deadline and before it was cancelled.
  let cameEarly: Bool
}

extension [Answer] {
  /// Those that are results, in words.
  var settled: [String] { filter(\.told.isSettled).map { "\($0.intent.reference): \($0.told)" } }

  /// Those that are failures, in words.
  var unsettled: [String] { filter { !$0.told.isSettled }.map { "\($0.intent.reference): \($0.told)" } }

  /// Those that don't say that their intents are recorded, in words.
  var unrecorded: [String] { filter { !$0.told.claimsRecorded }.map { "\($0.intent.reference): \($0.told)" } }
}
