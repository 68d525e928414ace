import GuaranteeLedger
import PostgresClient
import ReferenceLedger

/// What the writers of an isolation test have to do with: offices, and parties that some of them register while
/// others already pay in and out for them.
enum Register {
  static let opening: [[String: String]] = Intent.opening.map { event in
    event.fields.merging(["key": event.key, "on": event.on, "event": event.name]) { $1 }
  }

  /// What one writer sends, from a seed.
  struct Writer {
    let number: Int
    var random: SplitMix64
    private var count = 0

    init(number: Int, seed: UInt64) {
      self.number = number
      random = SplitMix64(seed: seed &+ UInt64(number))
    }

    mutating func batch() -> [[String: String]] { (0..<random.within(1...12)).map { _ in event() } }

    private mutating func event() -> [String: String] {
      count += 1
      // Every few hundred events there are parties that nobody has registered yet.
      let party = "P-\(random.below(4 + count / 60))"
      var event = ["key": "W\(number)-\(count)", "on": Intent.day]
      if random.chance(percent: 4) {
        return event.merging(["event": "register_party", "party": party, "kind": "guarantor"]) { $1 }
      }
      let isPaidIn = random.chance(percent: 50)
      event["event"] = isPaidIn ? "receive_funds" : "refund_funds"
      event["office"] = random.pick(Intent.offices)
      event["guarantor"] = party
      event["currency"] = "CNY"
      event["amount"] = "\(random.within(1...(isPaidIn ? 40 : 60))).00"
      event["reference"] = "paper"
      return event
    }
  }
}

extension FaultLedger {
  /// Lets writers record at once, each over a session of its own, past the library and what it tries again.
  func history(writers: Int, operations: Int, seed: UInt64) async throws -> History {
    try await withThrowingTaskGroup(of: History.self) { group in
      for number in 0..<writers {
        group.addTask { try await own(number, count: operations / writers, seed: seed) }
      }
      return try await group.reduce(into: History()) {
        $0.batches += $1.batches
        $0.failures += $1.failures
      }
    }
  }

  private func own(_ number: Int, count: Int, seed: UInt64) async throws -> History {
    let connection = try await PostgresConnection.connect(to: direct)
    var writer = Register.Writer(number: number, seed: seed)
    var history = History()
    var sent = 0
    while sent < count {
      let events = writer.batch()
      sent += events.count
      var batch = EventBatch()
      for event in events { batch.append(Event(fields: event)) }
      let begun = ContinuousClock.now
      do throws(PostgresError) {
        let results = try await connection.query(
          #"select result from guarantee_api.record($1::jsonb) order by "position""#, [batch.json],
          prepared: true)
        let operations = zip(events, results.rows).map { History.Operation(event: $0, result: $1[0] ?? "") }
        history.batches.append(.init(begun: begun, ended: .now, operations: operations))
      } catch {
        history.failures.append("a writer was told \(error)")
      }
    }
    await connection.close()
    return history
  }

  /// When each key was recorded or refused, by the books.
  func moments() async throws -> [String: Int] {
    let connection = try await PostgresConnection.connect(to: direct)
    let rows = try await connection.query(
      """
      select key, (extract(epoch from recorded_at) * 1000000)::bigint from guarantee.event
      union all
      select fields ->> 'key', (extract(epoch from attempted_at) * 1000000)::bigint from guarantee.attempt
      """
    ).rows
    await connection.close()
    return Dictionary(
      rows.map { ($0[0] ?? "", $0[1].flatMap { Int($0) } ?? 0) }, uniquingKeysWith: { a, _ in a })
  }
}

extension Event {
  init(fields: [String: String]) {
    let own = fields.filter { !["key", "on", "event"].contains($0.key) }
    self.init(key: fields["key"] ?? "", on: fields["on"] ?? "", name: fields["event"] ?? "", fields: own)
  }
}
