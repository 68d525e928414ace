import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite(
  "A cluster whose primary fails under the load of eight callers", .serialized, .heavy, .patience,
  .enabled(
    if: Cluster.missingPrograms.isEmpty,
    "\(Cluster.missingPrograms) are not here: .ci/install patroni etcd-server pgbouncer curl brings them"))
struct FailoverTests {
  /// With two nodes, nothing is acknowledged before the other one is back; with three, it goes on without.
  struct Run: Sendable, CustomTestStringConvertible {
    let nodeCount: Int
    let blows: [ClusterBlow]
    /// Acknowledgements from one blow to the next, at least.
    let answersBetween: Int

    var testDescription: String { "\(nodeCount) nodes, \(blows.count) failovers" }
  }

  static let runs: [Run] =
    FaultPlan.isLong
    ? [2, 3].map {
      Run(
        nodeCount: $0, blows: ClusterBlow.plan(rounds: 2, seed: FaultPlan.seed &+ UInt64($0)),
        answersBetween: 2_000)
    }
    : [
      Run(
        nodeCount: 2, blows: [.bothKilled, .paused, Cluster.hasNamespaces ? .cutOff : .patroniKilled],
        answersBetween: 100)
    ]

  @Test(
    "Nothing acknowledged is lost, nothing is doubled, and every call is answered by its deadline",
    arguments: runs)
  func failovers(run: Run) async throws {
    let cluster = try await Cluster(nodeCount: run.nodeCount)
    let database = try await cluster.makeLedger()
    let writers = try await Writers(to: cluster, database: database, seed: FaultPlan.seed)
    async let given = writers.run()
    print(
      "Seed \(FaultPlan.seed), \(run.testDescription)\(Cluster.hasNamespaces ? "" : ", no namespaces: no cables cut")"
    )
    for (index, blow) in run.blows.enumerated() {
      print("\(index + 1). \(try await Failover(cluster, writers, run.answersBetween).happen(by: blow))")
    }
    writers.stop()
    let answers = await given
    await writers.shutDown()
    let audit = try await cluster.audit(answers, database: database)
    print(
      "\(run.blows.count) failovers, \(answers.count) answers, \(writers.service.acknowledgedCount) acknowledged,",
      "\(audit.recordedCount) recorded, \(audit.unknownCount) left open at first")
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(writers.service.overdue == [])
    #expect(try await cluster.nodesThatDiffer(database: database) == [])
  }
}

extension Cluster {
  /// Makes a database with a ledger in which three offices and a guarantor are registered.
  func makeLedger() async throws -> String {
    let primary = try await primaryWhenWhole()
    let connection = try await PostgresConnection.connect(
      to: connectionString(to: [primary], database: "postgres"))
    try await connection.execute("create database ledger")
    await connection.close()
    // One that has not heard of it yet would not be passed over, but end the search.
    for node in nodes {
      try await wait(for: "database on \(node)") {
        await answer(of: node, to: "select true", database: "ledger") == "t"
      }
    }
    let ledger = try await Ledger.open(
      .patient(connectionString(to: nodes, database: "ledger")), migrating: true)
    _ = try await ledger.record(Intent.opening)
    await ledger.close()
    return "ledger"
  }

  /// Compares what callers were told with what the primary has. PgBouncer is ended, as it keeps sessions.
  func audit(_ answers: [Answer], database: String) async throws -> Audit {
    try await perform("kill_machine", "bouncer")
    let primary = try await primaryWhenWhole()
    let journal = try await Journal.read(connectionString(to: [primary], database: database))
    return Audit(answers: answers, journal: journal)
  }

  /// Nodes that have other books than the primary: each was one before, and may have come back with its own.
  func nodesThatDiffer(database: String) async throws -> [String] {
    let sql = "select md5(string_agg(b::text, ',' order by b.office)) from guarantee.book b"
    let primary = try await primaryWhenWhole()
    let expected = await answer(of: primary, to: sql, database: database)
    var differing = Set(nodes)
    let end = ContinuousClock.now + .seconds(30)
    try await until {
      for node in differing where await answer(of: node, to: sql, database: database) == expected {
        differing.remove(node)
      }
      return differing.isEmpty || ContinuousClock.now > end
    }
    return differing.sorted()
  }
}
