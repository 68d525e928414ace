import GuaranteeLedger

// What PeopleAndApproval.md shows.
enum ApprovalSamples {
  static func approval(_ ledger: Ledger) async throws -> String {
    // begin sample
    for try await event in ledger.pending() { print(event.key, event.proposedBy, event.event) }
    let results = try await ledger.approve(["HRB-5"])
    if let refusal = results[0].refusal { return refusal.message }
    return results[0].outcome == .pending ? "one more has to approve" : "recorded"
    // end sample
  }
}
