import GuaranteeLedger

/// Compares what callers were told with what a journal holds.
struct Audit: Sendable {
  let answers: [Answer]
  let journal: Journal

  /// What does not fit, a line each.
  var findings: [String] {
    effects + strangers + conservation + order + journal.faults.map { "check: \($0)" }
  }

  /// Intents that some caller was told are recorded.
  var recordedCount: Int {
    Set(answers.filter(\.told.claimsRecorded).map(\.intent.reference)).count
  }

  /// Answers that left it open.
  var unknownCount: Int { answers.count { if case .unknown = $0.told { true } else { false } } }

  /// Each intent is there as often as its callers were told.
  private var effects: [String] {
    let counts = Dictionary(journal.entries.map { ($0.reference, 1) }, uniquingKeysWith: +)
    return Dictionary(grouping: answers, by: \.intent.reference).sorted { $0.key < $1.key }.flatMap {
      reference, answers in
      let count = counts[reference, default: 0]
      let told = answers.map { "\($0.told)" }.joined(separator: " and ")
      var found: [String] = []
      if count > 1 { found.append("\(reference) is there \(count) times, told \(told)") }
      let isClaimed = answers.contains { $0.told.claimsRecorded }
      let mayBe = answers.contains { if case .unknown = $0.told { true } else { false } }
      if isClaimed && count == 0 { found.append("\(reference) is lost, told \(told)") }
      if !isClaimed && !mayBe && count > 0 { found.append("\(reference) is there, told \(told)") }
      found += answers.compactMap { $0.misjudgement }
      return found
    }
  }

  /// What nobody wanted is not there, and what is there has the amount and the office that was wanted.
  private var strangers: [String] {
    let intents = Dictionary(
      answers.map { ($0.intent.reference, $0.intent) }, uniquingKeysWith: { a, _ in a })
    return journal.entries.compactMap { entry in
      guard let intent = intents[entry.reference] else { return "\(entry.reference) was wanted by nobody" }
      let isSame = intent.amount == entry.amount && intent.office == entry.office
      return isSame ? nil : "\(entry.reference) is not as it was wanted: \(entry)"
    }
  }

  private var conservation: [String] {
    let sums = Dictionary(journal.entries.map { ($0.office, $0.amount) }, uniquingKeysWith: +)
    return Set(sums.keys).union(journal.balances.keys).sorted().compactMap { office in
      let (sum, balance) = (sums[office, default: 0], journal.balances[office, default: 0])
      return sum == balance ? nil : "the bank of \(office) holds \(balance) where \(sum) was paid in"
    }
  }

  /// What a caller was told before it sent the next thing comes before that in the office's book.
  private var order: [String] {
    let wanted = Dictionary(answers.map { ($0.intent.reference, 1) }, uniquingKeysWith: +)
    let places = Dictionary(
      journal.entries.map { ($0.reference, $0.sequence) }, uniquingKeysWith: { a, b in min(a, b) })
    // What two callers want may have been recorded by either.
    let own = answers.filter { wanted[$0.intent.reference] == 1 && $0.told.claimsRecorded }
    return Dictionary(grouping: own) { "\($0.caller) at \($0.intent.office)" }.sorted { $0.key < $1.key }
      .flatMap { whose, answers in
        zip(answers, answers.dropFirst()).compactMap { before, after in
          guard let first = places[before.intent.reference], let second = places[after.intent.reference],
            first > second
          else { return nil }
          return "\(whose): \(after.intent.reference) stands before \(before.intent.reference)"
        }
      }
  }
}

extension Answer {
  /// Why it can't be right, whatever the journal holds; `nil` when it can.
  fileprivate var misjudgement: String? {
    switch told {
    case .recorded where !intent.isLegal, .replayed where !intent.isLegal:
      "\(intent.reference) should have been refused, told \(told)"
    case .refused(let code) where intent.isLegal || code != .unknownParty:
      "\(intent.reference) should not have been refused so, told \(told)"
    case .unknown where cameEarly:
      "\(intent.reference) is left open before the deadline, told \(told)"
    case .misaddressed: "\(intent.reference) was not answered, told \(told)"
    default: nil
    }
  }
}
