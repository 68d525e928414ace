import PostgresClient
import Synchronization

/// The events that were refused inside a transaction: when it is rolled back, so is the ledger's note of them.
final class RefusedEvents: Sendable {
  /// Of a file that is wrong all through, so many are evidence enough.
  static let limit = 10_000
  /// And so many bytes of them, since each may be long.
  static let mostBytes = 4 << 20

  private struct Kept {
    var events = EventBatch()
    var codes: [String] = []
  }

  private let kept = Mutex(Kept())

  /// Notes those of the events that were refused.
  func add(_ events: [some BatchableEvent], _ results: [RecordResult]) {
    guard results.contains(where: { $0.refusal != nil }) else { return }
    kept.withLock { kept in
      for (event, result) in zip(events, results)
      where kept.codes.count < Self.limit && kept.events.byteCount < Self.mostBytes {
        guard let refusal = result.refusal else { continue }
        event.append(to: &kept.events)
        kept.codes.append(refusal.code.rawValue)
      }
    }
  }

  /// Has the ledger keep them after all.
  func report(over connection: PostgresConnection) async throws(PostgresError) {
    let (events, codes) = kept.withLock { ($0.events.json, $0.codes) }
    guard !codes.isEmpty else { return }
    _ = try await connection.query("select guarantee_api.report_refusals($1, $2)", [events, codes.jsonArray])
  }
}
