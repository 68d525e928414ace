import GuaranteeLedger

/// What evidence costs: recording in batches with a hash of every event, and a seal over all of them, against the same
/// ledger whose functions hash nothing.
enum ChainedRecording {
  /// At most a fifth of the speed.
  private static let goal = Goal.ratioAtLeast(0.8)

  /// Makes the functions that hash give the same bytes for everything.
  private static let withoutHashes = [
    """
    create or replace function guarantee_api.canonical_bytes(
      fields jsonb, recording text[], sequence bigint, approved_by text, dispute text, stage_from text, stage_to text, lot_from text, lot_to text,
      currency text, reverses text
    ) returns bytea language sql immutable as $$ select ''::bytea $$
    """,
    """
    create or replace function guarantee_api.chain_next(state bytea, head bytea, bytes bytea) returns bytea
    language plpgsql immutable parallel safe as $$ begin return head; end $$
    """,
  ]

  static func measure(_ bench: Bench) async throws {
    // In turns, so that whatever else the machine does meets both; the best of each is what the work takes.
    var (plain, chained, sealed): ([Duration], [Duration], [Duration]) = ([], [], [])
    for _ in 0..<bench.plan.turns {
      plain.append(try await record(bench, isHashed: false).recording)
      let times = try await record(bench, isHashed: true)
      chained.append(times.recording)
      sealed.append(times.recording + times.sealing)
    }
    func rate(_ durations: [Duration]) -> Quantity {
      .rate(bench.workload.count, of: "events", in: durations.min() ?? .zero)
    }
    let reference = (name: "the same without hashes", value: rate(plain))
    bench.report(Figure("recording in batches, chained", rate(chained), against: reference, goal: goal))
    bench.report(
      Figure("recording in batches, chained and sealed", rate(sealed), against: reference, goal: goal))
  }

  private static func record(
    _ bench: Bench, isHashed: Bool
  ) async throws -> (recording: Duration, sealing: Duration) {
    try await bench.server.withLedger { connectionString in
      if !isHashed {
        for function in withoutHashes { _ = try await bench.server.value(function, in: connectionString) }
      }
      let recording = try await BatchRecording.record(
        bench.workload, connections: 1, in: connectionString
      ) { try await bench.server.settle() }
      guard isHashed else { return (recording, .zero) }
      let ledger = try await Ledger.open(connectionString)
      let sealing = try await ContinuousClock().measure { _ = try await ledger.seal(with: SealingKey()) }
      await ledger.close()
      return (recording, sealing)
    }
  }
}
