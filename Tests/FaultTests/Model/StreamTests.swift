import FoundationEssentials
import GuaranteeLedger
import PostgresClient
import ReferenceLedger
import TestSupport
import Testing

@Suite("Short streams of random events from many seeds, against a second implementation", .patience)
struct StreamTests {
  /// `FAULT_STREAMS=500` tries as many in the long form, which takes an hour or more for all ten thousand.
  private static let seedCount = FaultPlan.times(
    10, long: ProcessInfo.processInfo.environment["FAULT_STREAMS"].flatMap { Int($0) } ?? 10_000)
  private static let eventCount = 200
  /// How many are tried in one database: what is taken back there leaves traces that slow down the next.
  private static let seedsAtOnce = 100

  @Test("Every event of every stream gets the same result, and the check finds nothing")
  func agree() async throws {
    let first = FaultPlan.seed
    let groups = stride(from: 0, to: Self.seedCount, by: Self.seedsAtOnce).map { start in
      (start..<min(start + Self.seedsAtOnce, Self.seedCount)).map { first &+ UInt64($0) }
    }
    let differences = try await withThrowingTaskGroup(of: [String].self) { tasks in
      var (waiting, found) = (groups[...], [String]())
      for _ in 0..<2 {
        if let seeds = waiting.popFirst() { tasks.addTask { try await Self.differences(seeds) } }
      }
      while let next = try await tasks.next() {
        found += next
        if let seeds = waiting.popFirst() { tasks.addTask { try await Self.differences(seeds) } }
      }
      return found
    }
    print(
      "\(Self.seedCount) seeds from \(first) with \(Self.eventCount) events: \(differences.count) differences"
    )
    #expect(differences == [])
  }

  @Test("A guard that is missing is found")
  func canary() async throws {
    let seeds = (0..<5).map { FaultPlan.seed &+ UInt64($0) }
    let differences = try await Self.differences(seeds) {
      try await $0.execute("delete from guarantee.guard where code = 'date_out_of_order'")
    }
    #expect(differences != [])
  }

  /// What differs in the streams of some seeds, each on an empty ledger: all of it is taken back.
  private static func differences(
    _ seeds: [UInt64], without safety: (PostgresConnection) async throws -> Void = { _ in }
  ) async throws -> [String] {
    let name = try await TemporaryServer.shared.makeDatabase(template: empty)
    let url = try await TemporaryServer.shared.connectionString(database: name)
    let connection = try await PostgresConnection.connect(to: url)
    try await safety(connection)
    await connection.close()
    let ledger = try await Ledger.open(.patient(url))
    var found: [String] = []
    for seed in seeds {
      found += try await ledger.atomically(rollingBack: true) { try await difference(seed, $0) }
    }
    await ledger.shutDown()
    try await TemporaryServer.shared.run("drop database \(name) with (force)")
    return found
  }

  private static let empty = DatabaseTemplate(name: "fault_empty") { _ = try await Ledger.migrate($0) }

  private static func difference(_ seed: UInt64, _ ledger: Ledger) async throws -> [String] {
    let today = try #require(Day(try await ledger.today().description))
    var stream = EventStream(seed: seed, rules: try .ofThisPackage(), today: today)
    var sizes = SplitMix64(seed: seed)
    var count = 0
    while count < eventCount {
      let size = min(sizes.pick([1, 5, 25, 100]), eventCount - count)
      let batch = (0..<size).map { _ in stream.next() }
      let codes = try await ledger.record(batch.map { Event(fields: $0.fields) }).map(\.code)
      for (index, code) in codes.enumerated() where code != batch[index].result {
        return ["seed \(seed), event \(count + index): want \(batch[index].result), got \(code)"]
      }
      count += size
    }
    var found: [String] = []
    try await ledger.check(
      columns: { _ in }, row: { row in found.append("seed \(seed): \(row.map { $0 ?? "" })") })
    return found
  }
}
