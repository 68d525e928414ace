import FoundationEssentials
import GuaranteeLedger
import PostgresClient
import ReferenceLedger
import Testing

@Suite("Random streams of events, against a second implementation")
struct StreamTests {
  /// `LEDGER_SEEDS="7 8 9"` tries others, `LEDGER_STREAM_EVENTS` longer ones.
  static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["LEDGER_SEEDS"]?.split(separator: " ").compactMap { UInt64($0) }
    ?? [20_261_125, 1, 2, 3]
  static let eventCount =
    ProcessInfo.processInfo.environment["LEDGER_STREAM_EVENTS"].flatMap { Int($0) } ?? 3000
  static let batchSizes = [1, 2, 7, 40, 250, 1000]

  @Test("Every event gets the same result, and every reading agrees in the end", arguments: seeds)
  func agrees(seed: UInt64) async throws {
    try await withLedger { ledger in
      let today = try await ledger.today()
      var stream = EventStream(seed: seed, rules: try .ofThisPackage(), today: today)
      var sizes = SplitMix64(seed: seed)
      var count = 0
      var results: [String: Int] = [:]
      while count < Self.eventCount {
        let size = min(sizes.pick(Self.batchSizes), Self.eventCount - count)
        let batch = (0..<size).map { _ in stream.next() }
        let codes = try await ledger.record(batch.map(\.fields))
        try #require(codes.count == size)
        for (index, code) in codes.enumerated() where code != batch[index].result {
          Issue.record(
            """
            Seed \(seed), event \(count + index), number \(index) of a batch of \(size): \
            want \(batch[index].result), got \(code) for \(batch[index].fields.sorted { $0.key < $1.key })
            """)
          return
        }
        for code in codes { results[code, default: 0] += 1 }
        count += size
      }
      print("seed \(seed): \(count) events, \(results["recorded"] ?? 0) recorded, \(results.count) results")
      #expect(try await ledger.check() == [])
      #expect(try await ledger.disagreements(with: stream.ledger) == [])
    }
  }
}
