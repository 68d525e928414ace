@testable import GuaranteeLedger

/// A journal whose writers record at once, with the times at which each began to write and committed.
struct MadeUpJournal {
  struct Written {
    let event: RecordedEvent
    /// When it got its time and number, and when others could see it.
    let begunAt: Int
    let committedAt: Int
  }

  private(set) var written: [Written] = []
  /// The end of what was written.
  private(set) var clock = 0

  /// - Parameter weights: How often each office is written to, beside the others.
  init(eventCount: Int, weights: [Int], random: inout some RandomNumberGenerator) {
    var sequences = weights.map { _ in Int64(0) }
    var freeAt = weights.map { _ in 0 }
    let draw = weights.enumerated().flatMap { Array(repeating: $0, count: $1) }
    for _ in 0..<eventCount {
      let office = draw[Int.random(in: draw.indices, using: &random)]
      clock += Int.random(in: 0...2, using: &random)
      // Whoever writes to an office waits for the one before it there.
      let begunAt = max(clock, freeAt[office])
      let committedAt = begunAt + Int.random(in: 1...20, using: &random)
      freeAt[office] = committedAt + 1
      sequences[office] += 1
      let event = RecordedEvent.made(office: Self.name(office), sequence: sequences[office], at: begunAt)
      written.append(Written(event: event, begunAt: begunAt, committedAt: committedAt))
    }
    clock = freeAt.max() ?? 0
  }

  static func name(_ office: Int) -> String { office == 0 ? "" : "O\(office)" }

  /// What `events_after` gives at a time.
  func look(at time: Int, after read: FeedPosition, held: [String: Int], wanted: Int) -> FeedPage {
    let visible = Dictionary(grouping: written.filter { $0.committedAt <= time }.map(\.event)) {
      $0.position.office
    }
    let behind = visible.filter { Int64($1.count) > read[$0] }
    let share = behind.isEmpty ? 0 : max(16, wanted / behind.count)
    let items = behind.flatMap { office, events in
      events.sorted { $0.position.sequence < $1.position.sequence }.dropFirst(Int(read[office]))
        .prefix(max(0, share - (held[office] ?? 0)))
        .map { FeedPage.Item(event: $0, isLast: $0.position.sequence == Int64(events.count)) }
    }
    return FeedPage(
      items: items.sorted {
        ($0.event.recordedAt, $0.event.position.office, $0.event.position.sequence)
          < ($1.event.recordedAt, $1.event.position.office, $1.event.position.sequence)
      })
  }
}

extension RecordedEvent {
  static func made(office: String, sequence: Int64, at time: Int) -> RecordedEvent {
    RecordedEvent(
      position: EventPosition(office: office, sequence: sequence),
      event: Event(key: "\(office) \(sequence)", on: "2026-01-05", name: "made_up"),
      on: LedgerDate(year: 2026, month: 1, day: 5)!, dispute: nil, stage: nil, lot: nil, reverses: nil,
      recordedAt: LedgerTime(microsecondsSince1970: Int64(time)), recordedBy: "test",
      approvedBy: nil, mark: String(String(0x1_0000_0000 + sequence, radix: 16).dropFirst()), entries: [])
  }
}

/// Chance that is the same for the same seed.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
