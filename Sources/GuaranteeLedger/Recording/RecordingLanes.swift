import PostgresClient

/// Records long files over several connections: the database works on as many offices at once as there are.
///
/// The results are those of one connection. A batch is done when all of it is; what fails leaves every office
/// with whole calls, and recording the same rows again completes it.
package struct RecordingLanes: Sendable {
  private var ledgers: [Ledger]
  private let open: @Sendable () async throws -> Ledger
  private var wanted: Int
  /// Offices of disputes that were looked up lately: a dispute never changes its office.
  private var officeOf: [String: String] = [:]

  /// Batches below this are not worth another connection.
  private let smallest: Int
  private static let mostRemembered = 50_000

  /// - Parameters:
  ///   - ledger: The ledger; its connection is the first lane.
  ///   - wanted: How many connections to use for long batches.
  ///   - smallest: The number of events from which a batch is shared out.
  ///   - open: Opens the ledger once more.
  package init(
    _ ledger: Ledger, wanted: Int, smallest: Int = 500, open: @escaping @Sendable () async throws -> Ledger
  ) {
    ledgers = [ledger]
    self.wanted = wanted
    self.smallest = smallest
    self.open = open
  }

  /// Records the events; a result for each, in their order.
  package mutating func record(_ rows: [some BatchableEvent]) async throws -> [RecordResult] {
    guard wanted > 1, rows.count >= smallest else { return try await ledgers[0].record(rows: rows) }
    await openMore()
    let plan = LanePlan(try await items(rows), lanes: ledgers.count)
    var results = [RecordResult?](repeating: nil, count: rows.count)
    for stretch in plan.stretches {
      try await withThrowingTaskGroup(of: ([Int], [RecordResult]).self) { group in
        for (positions, ledger) in zip(stretch, ledgers) {
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

  /// A server that gives no further connection is used over those it gave.
  private mutating func openMore() async {
    while ledgers.count < wanted {
      guard let another = try? await open() else {
        wanted = ledgers.count
        return
      }
      ledgers.append(another)
    }
  }

  /// Closes the connections that were opened besides the ledger's own.
  package func close() async {
    for ledger in ledgers.dropFirst() { await ledger.close() }
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
    for (dispute, office) in try await ledgers[0].offices(of: unknown.sorted()) { officeOf[dispute] = office }
  }
}

/// An event in one of its forms, as far as it matters for a batch.
package protocol BatchableEvent: Sendable {
  var key: String { get }
  /// The value of a field; `nil` or empty when it is not given.
  subscript(field: String) -> String? { get }
  func append(to batch: inout EventBatch)
}

extension EventRow: BatchableEvent {
  package func append(to batch: inout EventBatch) { batch.append(self) }
}

extension Event: BatchableEvent {
  package subscript(field: String) -> String? { fields[field] }
  package func append(to batch: inout EventBatch) { batch.append(self) }
}

extension Ledger {
  /// Records events in one of their forms in one call: a result for each, in their order.
  package func record(rows: [some BatchableEvent]) async throws(LedgerError) -> [RecordResult] {
    var batch = EventBatch()
    for row in rows { row.append(to: &batch) }
    return try await record(batch)
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
