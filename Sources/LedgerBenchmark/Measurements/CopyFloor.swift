import GuaranteeLedger
import PostgresClient

/// COPY of the workload's events into a table with the journal's indexes: what the server needs to write them
/// down and nothing else.
enum CopyFloor {
  private static let table = """
    create table event (
      office text collate "C", sequence bigint, key text collate "C" not null, "on" date not null,
      event text collate "C" not null, dispute text collate "C", fields jsonb not null,
      recorded_at timestamptz not null default now(),
      primary key (office, sequence), constraint event_key unique (key)
    );
    create index event_dispute on event (dispute, sequence) where dispute is not null
    """

  static func measure(_ bench: Bench) async throws {
    let recording = try await bench.recordingRate()
    let copying = try await rate(of: bench.workload, bench.server)
    bench.report(
      Figure(
        "recording in batches, one connection", recording,
        against: ("COPY into an indexed table", copying)))
  }

  private static func rate(of workload: Workload, _ server: BenchmarkServer) async throws -> Quantity {
    // Made beforehand, so that the server alone is measured.
    let chunks = stride(from: 0, to: workload.count, by: 500).map { start in
      workload[start..<min(start + 500, workload.count)].indices.flatMap { row(of: workload, at: $0).utf8 }
    }
    return try await server.withDatabase { connectionString in
      let connection = try await PostgresConnection.connect(to: connectionString)
      try await connection.execute(table)
      try await server.settle()
      var rest = chunks.makeIterator()
      let clock = ContinuousClock()
      let start = clock.now
      try await connection.copyIn(
        "copy event (office, sequence, key, \"on\", event, dispute, fields) from stdin"
      ) { rest.next() }
      let duration = clock.now - start
      await connection.close()
      return .rate(workload.count, of: "rows", in: duration)
    }
  }

  /// A line for COPY. Events without an office count as the register's.
  private static func row(of workload: Workload, at position: Int) -> String {
    let event = workload[position]
    let isOfDispute = position >= workload.registerCount
    let office = isOfDispute ? Workload.office(workload.office(at: position)) : event.fields["office"] ?? ""
    let fields = event.fields.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",")
    let cells = [
      office, String(position), event.key, event.on, event.name, event.fields["dispute"] ?? "\\N",
      "{\(fields)}",
    ]
    return cells.joined(separator: "\t") + "\n"
  }
}
