import GuaranteeLedger

/// Recording further disputes in both ledgers, in batches and one event at a time.
enum GrowingLedgers {
  private static let batchSize = 1_000
  private static let disputesOneByOne = 30

  static func measure(_ bench: Bench, _ pair: LedgerPair) async throws {
    var sides = try await [Side(pair.small, bench.server), Side(pair.large, bench.server)]
    try await bench.server.settle()
    let disputesAtOnce = 500
    for _ in 0..<max(1, bench.plan.furtherDisputes / disputesAtOnce) {
      for index in sides.indices { try await sides[index].recordBatches(ofDisputes: disputesAtOnce) }
    }
    bench.report(
      Figure(
        "recording in batches", sides[1].rate, against: (pair.smallName, sides[0].rate),
        goal: .ratioAtLeast(1 / 1.5)))
    for _ in 0..<disputesOneByOne {
      for index in sides.indices { try await sides[index].recordOneByOne() }
    }
    bench.report(
      Figure(
        "one event at a time, median latency", .time(sides[1].latencies.median),
        against: (pair.smallName, .time(sides[0].latencies.median)), goal: .ratioAtMost(1.5)))
  }

  /// One of the ledgers with what it took.
  private struct Side {
    private let ledger: Ledger
    private var nextDispute: Int
    private var eventCount = 0
    private var duration: Duration = .zero
    private(set) var latencies: [Duration] = []

    init(_ side: LedgerPair.Side, _ server: BenchmarkServer) async throws {
      ledger = side.ledger
      // Numbers of their own: the ledger has those below, and every earlier run on a kept one took further ones.
      let count = try await server.value("select count(*) from guarantee.dispute", in: side.connectionString)
      nextDispute = count.flatMap { Int($0) } ?? 0
    }

    var rate: Quantity { .rate(eventCount, of: "events", in: duration) }

    mutating func recordBatches(ofDisputes disputes: Int) async throws {
      let events = Workload.lives(of: takeDisputes(disputes))
      let start = ContinuousClock.now
      for first in stride(from: 0, to: events.count, by: GrowingLedgers.batchSize) {
        let batch = events[first..<min(first + GrowingLedgers.batchSize, events.count)]
        for result in try await ledger.record(Array(batch)) { try result.requireRecorded() }
      }
      duration += ContinuousClock.now - start
      eventCount += events.count
    }

    mutating func recordOneByOne() async throws {
      for event in Workload.lives(of: takeDisputes(1)) {
        let start = ContinuousClock.now
        let results = try await ledger.record([event])
        latencies.append(ContinuousClock.now - start)
        for result in results { try result.requireRecorded() }
      }
    }

    private mutating func takeDisputes(_ count: Int) -> Range<Int> {
      defer { nextDispute += count }
      return nextDispute..<nextDispute + count
    }
  }
}
