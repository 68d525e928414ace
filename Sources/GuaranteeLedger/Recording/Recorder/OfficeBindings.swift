/// Which lane each office's events go to, while there are any.
///
/// The database locks an office's book for a batch until its commit, so batches of the same office on two lanes
/// would only wait for each other. This keeps them apart as far as the office is known; where it isn't, the
/// database's locks decide.
struct OfficeBindings {
  /// A book that the database locks for a batch until its commit.
  enum Book: Hashable {
    /// An office's; the register's, for what belongs to no office, has no name.
    case office(String)
    /// That of the office of a dispute, when nothing else is known of it.
    case dispute(String)
  }

  /// The offices that a call keeps bound; nearly always one.
  struct Held {
    fileprivate var first: String?
    fileprivate var others: Set<String> = []
  }

  private struct Binding {
    let lane: Int
    var callCount: Int
  }

  private var bindings: [String: Binding] = [:]
  private(set) var memory = OfficeMemory()

  /// The lane that an event of this home has to go to; `nil` when any will do.
  func lane(of home: EventHome) -> Int? {
    office(of: home).flatMap { bindings[$0]?.lane }
  }

  /// The lane that is an office's own among so many, in every program alike: so the batches of programs that
  /// record at once wait for those of one lane in the others, and not for all. `nil` for an unknown office.
  func ownLane(of home: EventHome, among count: Int) -> Int? {
    guard let office = office(of: home) else { return nil }
    // FNV-1a: Swift's own hashes differ from program to program.
    let hash = office.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return Int(hash % UInt64(max(count, 1)))
  }

  /// The book that an event locks, as far as it is known.
  func book(of home: EventHome) -> Book {
    office(of: home).map(Book.office) ?? .dispute(home.dispute ?? "")
  }

  /// The office whose book an event locks; `nil` when that isn't known.
  private func office(of home: EventHome) -> String? {
    guard let dispute = home.dispute else { return home.office ?? "" }
    return memory[dispute] ?? home.office
  }

  /// Binds the offices of some of a call's events to its lane, unless they are bound to another.
  mutating func bind(
    _ held: inout Held, _ events: any RecordableEvents, _ positions: Range<Int>, to lane: Int
  ) {
    for position in positions {
      guard let office = office(of: events.home(at: position)) else { continue }
      guard held.first != office, !held.others.contains(office) else { continue }
      guard bindings[office, default: Binding(lane: lane, callCount: 0)].lane == lane else { continue }
      bindings[office, default: Binding(lane: lane, callCount: 0)].callCount += 1
      if held.first == nil { held.first = office } else { held.others.insert(office) }
    }
  }

  mutating func unbind(_ held: Held) {
    if let first = held.first { unbind(first) }
    for office in held.others { unbind(office) }
  }

  private mutating func unbind(_ office: String) {
    guard var binding = bindings[office] else { return }
    binding.callCount -= 1
    bindings[office] = binding.callCount > 0 ? binding : nil
  }

  /// A result says which office an event's dispute belongs to.
  mutating func learn(_ office: String, of home: EventHome) {
    if let dispute = home.dispute { memory.learn(office, of: dispute) }
  }
}
