import GuaranteeLedger

/// A large ledger against a small one, of the same shape and on the same server: nothing that people and
/// services do with it is to take longer for the ledger's size.
enum Scale {
  static let smallEntryCount = 100_000

  /// How many rows a first page has.
  static let pageSize = 100

  private static let goal = Goal.ratioAtMost(1.5)

  static func measure(_ bench: Bench) async throws {
    let pair = try await LedgerPair(
      small: GrownLedger.of(entries: smallEntryCount, on: bench.server),
      large: GrownLedger.of(entries: bench.plan.entries, on: bench.server))
    for reading in LedgerReading.all {
      try await report(bench, reading.name, pair) { try await reading.read(from: $0, number: $1) }
    }
    try await GrowingLedgers.measure(bench, pair)
    try await WholeCheck.measure(bench, pair)
    await pair.close()
    try await SpaceOnDisk.measure(bench)
  }

  /// Takes turns between the two, so that whatever else the machine does meets both. Each subject is read twice
  /// and timed once: a small ledger lies in memory whole, and what is compared is the work and not the disk.
  private static func report(
    _ bench: Bench, _ name: String, _ pair: LedgerPair, _ read: (Ledger, Int) async throws -> Void
  ) async throws {
    let clock = ContinuousClock()
    var durations: (small: [Duration], large: [Duration]) = ([], [])
    // The first ones find their plans.
    for number in -5..<bench.plan.readings {
      try await read(pair.small.ledger, abs(number))
      let small = try await clock.measure { try await read(pair.small.ledger, abs(number)) }
      try await read(pair.large.ledger, abs(number))
      let large = try await clock.measure { try await read(pair.large.ledger, abs(number)) }
      guard number >= 0 else { continue }
      durations.small.append(small)
      durations.large.append(large)
    }
    bench.report(
      Figure(
        name, .time(durations.large.median), against: (pair.smallName, .time(durations.small.median)),
        goal: goal))
  }
}

/// The two ledgers that are compared.
struct LedgerPair: Sendable {
  struct Side: Sendable {
    let ledger: Ledger
    let connectionString: String

    init(_ grown: GrownLedger) async throws {
      connectionString = grown.connectionString
      ledger = try await Ledger.open(grown.connectionString)
    }
  }

  let small: Side
  let large: Side

  init(small: GrownLedger, large: GrownLedger) async throws {
    self.small = try await Side(small)
    self.large = try await Side(large)
  }

  /// What the figures of the large one are compared with.
  var smallName: String { "at 100,000 entries" }

  func close() async {
    await small.ledger.close()
    await large.ledger.close()
  }
}
