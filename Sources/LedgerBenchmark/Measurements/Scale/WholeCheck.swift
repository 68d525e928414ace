import GuaranteeLedger

/// The proof of the whole ledger, from its events up.
enum WholeCheck {
  static func measure(_ bench: Bench, _ pair: LedgerPair) async throws {
    let small = try await rate(pair.small, bench.server)
    let large = try await rate(pair.large, bench.server)
    bench.report(Figure("check of the whole ledger", large, against: (pair.smallName, small)))
  }

  private static func rate(_ side: LedgerPair.Side, _ server: BenchmarkServer) async throws -> Quantity {
    let sql = "select count(*) from guarantee.entry"
    let count = try await server.value(sql, in: side.connectionString).flatMap { Int($0) } ?? 0
    let start = ContinuousClock.now
    let findings = try await side.ledger.check(deadline: .seconds(24 * 3_600)).all()
    let duration = ContinuousClock.now - start
    if let finding = findings.first {
      throw BenchmarkError("The ledger doesn't fit together: \(finding.check), \(finding.subject)")
    }
    return .rate(count, of: "entries", in: duration)
  }
}
