import GuaranteeLedger

/// How many events had which result.
struct RecordTally: Equatable {
  private(set) var total = 0
  private(set) var refused = 0
  private var notPermitted = 0
  private var accepted: [(result: String, count: Int)] = []

  static func == (left: RecordTally, right: RecordTally) -> Bool {
    left.total == right.total && left.refused == right.refused
      && left.accepted.elementsEqual(right.accepted) { $0 == $1 }
  }

  mutating func count(_ result: String, isRefused: Bool) {
    total += 1
    if isRefused {
      refused += 1
      if result == RefusalCode.notPermitted.rawValue { notPermitted += 1 }
    } else if let index = accepted.firstIndex(where: { $0.result == result }) {
      accepted[index].count += 1
    } else {
      accepted.append((result, 1))
    }
  }

  /// Whether nothing but a want of rights kept events from being recorded.
  var isNotPermitted: Bool { refused > 0 && notPermitted == refused }

  /// What became of the events, for people.
  ///
  /// - Parameters:
  ///   - isNothingRecorded: the run was all or nothing, and something was refused.
  ///   - isDryRun: nothing was to be recorded.
  func summary(isNothingRecorded: Bool, isDryRun: Bool) -> Phrase {
    let events: Phrase = total == 1 ? "1 event" : "\(Self.grouped(total)) events"
    if total == 0 { return "There was no event to record." }
    if isNothingRecorded {
      return refused == 1
        ? "Nothing was recorded: 1 of \(events) was refused."
        : "Nothing was recorded: \(Self.grouped(refused)) of \(events) were refused."
    }
    var parts: [Phrase] = accepted.map {
      "\(CodeName.shown($0.result, as: "result")) \(Self.grouped($0.count))"
    }
    if refused > 0 { parts.append("refused \(Self.grouped(refused))") }
    let list = Phrase.list(parts)
    return isDryRun ? "Dry run, nothing was recorded; of \(events): \(list)." : "Of \(events): \(list)."
  }

  /// What a run has done that is not at its end, and how to go on.
  var soFar: Phrase {
    let kept = total - refused
    if kept == 0 { return "Nothing was recorded before that." }
    let events: Phrase =
      kept == 1 ? "1 event of this run is" : "\(Self.grouped(kept)) events of this run are"
    return "\(events) in the ledger: record the same again to go on, and what is there is only replayed."
  }

  private static func grouped(_ count: Int) -> String { NumberGrouping.grouped(String(count)) }
}
