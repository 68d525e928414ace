import GuaranteeLedger
import ReferenceLedger
import Testing

@Suite("The same events, sent in other groups")
struct GroupingTests {
  /// How a file of events comes to the ledger.
  enum Grouping: CustomStringConvertible {
    case batches(of: Int)
    case writers(Int)
    /// Over so many connections, as long files are.
    case lanes(Int, batches: Int)

    var description: String {
      switch self {
      case .batches(let size): "batches of \(size)"
      case .writers(let count): "\(count) writers at once"
      case .lanes(let count, let size): "batches of \(size) over \(count) connections"
      }
    }
  }

  static let groupings: [Grouping] = [
    .batches(of: 1), .batches(of: .max), .batches(of: 2), .batches(of: 7), .batches(of: 1000), .writers(8),
    .lanes(2, batches: 60), .lanes(3, batches: 400),
  ]

  /// What became of the events, and what the ledger says then.
  struct Outcome: Sendable {
    var results: [String: [String]] = [:]
    var reports: [String] = []

    mutating func add(_ recorded: [RecordResult]) {
      for result in recorded { results[result.key, default: []].append(result.said) }
    }
  }

  @Test(
    "Whole, one by one, in small and large batches, by 8 writers and over several connections: the same results and reports, byte for byte"
  )
  func same() async throws {
    let story = StoryLedger(disputeCount: 90, seed: 20_261_125)
    let outcomes = try await withThrowingTaskGroup { group in
      for (index, grouping) in Self.groupings.enumerated() {
        group.addTask { (index, try await Self.outcome(of: story, in: grouping)) }
      }
      var outcomes = [Outcome](repeating: Outcome(), count: Self.groupings.count)
      for try await (index, outcome) in group { outcomes[index] = outcome }
      return outcomes
    }
    let first = outcomes[0]
    let codes = first.results.values.joined().map { String($0.prefix { $0 != ":" }) }
    let counts = Dictionary(grouping: codes, by: \.self).mapValues(\.count)
    print(
      "results: \(counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")
    try #require(codes.count == story.all.count && counts.count > 12)
    try #require(first.reports.allSatisfy { $0.contains("\n") }, "a report has no row")
    for (grouping, outcome) in zip(Self.groupings, outcomes).dropFirst() {
      let keys = first.results.keys.sorted().filter { first.results[$0] != outcome.results[$0] }
      #expect(keys == [], "other results in \(grouping)")
      #expect(outcome.results.count == first.results.count)
      for (expected, got) in zip(first.reports, outcome.reports) {
        #expect(got == expected, "another report in \(grouping)")
      }
      #expect(outcome.reports.count == first.reports.count)
    }
  }

  private static func outcome(of story: StoryLedger, in grouping: Grouping) async throws -> Outcome {
    try await withLedger { ledger in
      var outcome = Outcome()
      switch grouping {
      case .batches(let size):
        let events = story.all
        for start in stride(from: 0, to: events.count, by: min(size, events.count)) {
          let batch = Array(events[start..<min(start + min(size, events.count), events.count)])
          outcome.add(try await ledger.ledger.record(batch.map(Event.init(fields:))))
        }
      case .lanes(let count, let size):
        let events = story.all
        var lanes = RecordingLanes(ledger.ledger, count: count, smallest: 2)
        for start in stride(from: 0, to: events.count, by: size) {
          let batch = events[start..<min(start + size, events.count)].map(Event.init(fields:))
          outcome.add(try await lanes.record(batch))
        }
      case .writers(let count):
        outcome.add(try await ledger.ledger.record(story.register.map(Event.init(fields:))))
        outcome.add(try await write(story, count, to: ledger))
      }
      #expect(try await ledger.check() == [], "\(grouping)")
      outcome.reports = try await ledger.allReports(guarantors: StoryLedger.guarantors)
      return outcome
    }
  }

  /// Each writer has every so manieth dispute and sends its events in batches of its own, by date.
  private static func write(
    _ story: StoryLedger, _ count: Int, to ledger: TestLedger
  ) async throws -> [RecordResult] {
    try await withThrowingTaskGroup { group in
      for writer in 0..<count {
        group.addTask {
          let own = story.disputes.enumerated().filter { $0.offset % count == writer }.map(\.element)
          var random = SplitMix64(seed: UInt64(writer))
          return try await ledger.withWriter { record in
            var results: [RecordResult] = []
            var events = StoryLedger.byDate(own)[...]
            while !events.isEmpty {
              let batch = Array(events.prefix(random.within(1...60)))
              events = events.dropFirst(batch.count)
              results += try await record(batch)
            }
            return results
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }
}
