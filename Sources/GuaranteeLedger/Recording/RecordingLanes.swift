import PostgresClient

/// Records long files so that the database works on as many offices at once as there are connections.
///
/// The results are those of one connection. A batch is done when all of it is; what fails leaves every office
/// with whole calls, and recording the same rows again completes it.
package struct RecordingLanes: Sendable {
  private let ledger: Ledger
  private let count: Int
  /// Offices of disputes that were looked up lately: a dispute never changes its office.
  private var officeOf: [String: String] = [:]

  /// Batches below this are not worth sharing out.
  private let smallest: Int
  private static let mostRemembered = 50_000

  /// - Parameters:
  ///   - count: Into how many calls at once long batches are shared out; `nil`: one for each of the ledger's
  ///     recording connections.
  ///   - smallest: The number of events from which a batch is shared out.
  package init(_ ledger: Ledger, count: Int? = nil, smallest: Int = 500) {
    self.ledger = ledger
    self.count = count ?? ledger.recordingConnections
    self.smallest = smallest
  }

  /// Records the events; a result for each, in their order.
  package mutating func record(_ rows: [some BatchableEvent]) async throws -> [RecordResult] {
    guard count > 1, rows.count >= smallest else { return try await ledger.record(rows: rows) }
    let plan = LanePlan(try await items(rows), lanes: count)
    var results = [RecordResult?](repeating: nil, count: rows.count)
    for stretch in plan.stretches {
      try await withThrowingTaskGroup(of: ([Int], [RecordResult]).self) { [ledger] group in
        for positions in stretch {
          let share = positions.map { rows[$0] }
          group.addTask { (positions, try await ledger.record(rows: share)) }
        }
        for try await (positions, recorded) in group {
          for (position, result) in zip(positions, recorded) { results[position] = result }
        }
      }
    }
    return results.compactMap { $0 }
  }

  // MARK: Offices

  private mutating func items(_ rows: [some BatchableEvent]) async throws -> [LanePlan.Item] {
    let named = rows.map { (key: $0.key, office: $0["office"] ?? "", dispute: $0["dispute"] ?? "") }
    try await look(up: Set(named.map(\.dispute)).subtracting([""]))
    // A dispute that the batch would open is of the office that it names; one that two offices name is
    // nobody's for certain.
    var offices: [String: Set<String>] = [:]
    for row in named where !row.dispute.isEmpty {
      offices[row.dispute, default: officeOf[row.dispute].map { [$0] } ?? []].formUnion(
        row.office.isEmpty ? [] : [row.office])
    }
    return named.map { row in
      guard !row.dispute.isEmpty else {
        return LanePlan.Item(key: row.key, office: row.office.isEmpty ? nil : row.office)
      }
      let candidates = offices[row.dispute] ?? []
      return LanePlan.Item(key: row.key, office: candidates.count == 1 ? candidates.first : nil)
    }
  }

  private mutating func look(up disputes: Set<String>) async throws {
    if officeOf.count > Self.mostRemembered { officeOf = [:] }
    let unknown = disputes.filter { officeOf[$0] == nil }
    guard !unknown.isEmpty else { return }
    for (dispute, office) in try await ledger.offices(of: unknown.sorted()) { officeOf[dispute] = office }
  }
}

extension Ledger {
  /// How many batches are recorded at once.
  fileprivate var recordingConnections: Int {
    if case .shared(let core) = access { core.configuration.recorderLimits.lanes } else { 1 }
  }

  /// The offices of those of the disputes that are there.
  fileprivate func offices(of disputes: [String]) async throws(LedgerError) -> [(
    dispute: String, office: String
  )] {
    let result = try await query(
      "select dispute, office from guarantee_api.offices_of($1::jsonb)", [disputes.jsonArray], prepared: true)
    return result.rows.compactMap { row in
      guard let dispute = row[0], let office = row[1] else { return nil }
      return (dispute, office)
    }
  }
}
