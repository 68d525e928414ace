import GuaranteeLedger

// What TheAuditPack.md shows.
enum PackSamples {
  static func proof(_ ledger: Ledger, _ path: String) async throws -> [String] {
    // begin sample
    let summary = try await ledger.export(to: path)
    let proof = try AuditPack(path: path).verify()
    let reasons = proof.findings.map { "\($0.file), \($0.reason)" }
    // end sample
    return reasons + ["\(summary.rows["events"] ?? 0)"]
  }
}
