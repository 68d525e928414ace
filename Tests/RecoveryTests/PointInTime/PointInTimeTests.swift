import Foundation
import GuaranteeLedger
import PostgresClient
import ReferenceLedger
import TestSupport
import Testing

@Suite("Going back to a point in time, as the documentation says", .heavy)
struct PointInTimeTests {
  private static let pointCount = RecoveryPlan.isLong ? 20 : 3
  private static let eventsBetween = RecoveryPlan.isLong ? 200 : 100

  private static func balances(on server: TemporaryServer) async throws -> [String] {
    let connection = try await PostgresConnection.connect(to: server.connectionString(database: "books"))
    let rows = try await connection.query(
      """
      select concat_ws('|', role, office, coalesce(dispute, ''), coalesce(guarantor, ''), currency, balance)
        from guarantee_api.report_balances() order by role, office, dispute, guarantor, currency
      """
    ).rows.compactMap { $0[0] }
    await connection.close()
    return rows
  }

  @Test("Balances at random times are the model's, and everything fits")
  func points() async throws {
    let seed = RecoveryPlan.seed
    let archived = try await ArchivedServer(seed: seed)
    try await archived.record(150)
    try await archived.copyBase { try await archived.record(150) }
    var moments: [ArchivedServer.Moment] = []
    for _ in 0..<Self.pointCount {
      try await archived.record(Self.eventsBetween)
      moments.append(try await archived.moment())
    }
    try await archived.record(50)
    try await archived.archiveAll()
    await archived.close()
    let last = moments[moments.count - 1]

    var random = SplitMix64(seed: seed)
    while let moment = moments.isEmpty ? nil : moments.remove(at: random.below(moments.count)) {
      let server = try await archived.recovered(to: moment.time)
      let balances = try await Self.balances(on: server)
      #expect(
        balances == moment.model.balanceLines,
        "seed \(seed), \(moment.time), after \(moment.eventCount) events")
      // They could be other ones: each moment has its own.
      for other in moments { #expect(balances != other.model.balanceLines) }
      let program = Program.ledger(server.connectionString(database: "books"))
      #expect(try await program.run(["check"]).exitCode == 0)
      let folder = try TemporaryFolder()
      try await program.mustRun("export", folder.file("pack"))
      #expect(try await program.run(["verify", folder.file("pack")]).exitCode == 0)
      print(
        "recovered to \(moment.time), after \(moment.eventCount) events: \(balances.count) balances, seed \(seed)"
      )
    }
    try await control(archived, last)
  }

  /// What lies behind the archive, or behind a file that it lacks, can't be had, and is not pretended to be.
  private func control(_ archived: ArchivedServer, _ last: ArchivedServer.Moment) async throws {
    await #expect(throws: ArchivedServer.Unreached.self) {
      try await archived.recovered(to: "2100-01-01 00:00:00+08")
    }
    let torn = archived.archive + "/torn"
    try FileManager.default.createDirectory(atPath: torn, withIntermediateDirectories: false)
    let files = try FileManager.default.contentsOfDirectory(atPath: archived.archive).filter {
      $0.count == 24
    }.sorted()
    for file in files.dropLast() {
      try FileManager.default.copyItem(atPath: "\(archived.archive)/\(file)", toPath: "\(torn)/\(file)")
    }
    await #expect(throws: ArchivedServer.Unreached.self) {
      try await archived.recovered(to: last.time, archive: torn)
    }
  }
}
