/// How a batch is recorded over several connections at once, with the results that one would give.
///
/// Offices share no money and no dispute, so events of different offices may be recorded side by side, each
/// office's in its order. What belongs to no office that is known for certain keeps all others waiting.
struct LanePlan: Equatable {
  /// What of an event decides where it goes.
  struct Item {
    var key: String
    /// The office that the event or its dispute is of; `nil` when that is not known for certain.
    var office: String?
  }

  /// Positions in the batch for each connection; a stretch begins when the one before it is done.
  private(set) var stretches: [[[Int]]] = []

  /// A plan of more stretches than this loses by its round trips what it wins.
  private static let mostStretches = 8

  init(_ items: [Item], lanes: Int) {
    for stretch in Self.split(items) {
      stretches.append(
        stretch.isShared ? Self.share(stretch.positions, of: items, lanes) : [stretch.positions])
    }
    if stretches.count > Self.mostStretches { stretches = [[Array(items.indices)]] }
  }

  private struct Stretch {
    var isShared: Bool
    var positions: [Int] = []
    var keys: Set<String> = []
  }

  /// Runs of events that may be shared out and of events that may not. A key that comes again begins a new
  /// run, since its first event has to be recorded before.
  private static func split(_ items: [Item]) -> [Stretch] {
    var stretches: [Stretch] = []
    for (position, item) in items.enumerated() {
      let isShared = item.office != nil
      let goesOn = stretches.last.map {
        $0.isShared == isShared && !($0.isShared && $0.keys.contains(item.key))
      }
      if goesOn != true { stretches.append(Stretch(isShared: isShared)) }
      stretches[stretches.count - 1].positions.append(position)
      stretches[stretches.count - 1].keys.insert(item.key)
    }
    return stretches
  }

  /// Gives each office, the busiest first, to the connection that has least to do.
  private static func share(_ positions: [Int], of items: [Item], _ lanes: Int) -> [[Int]] {
    var offices: [String: Int] = [:]
    for position in positions { offices[items[position].office ?? "", default: 0] += 1 }
    var load = [Int](repeating: 0, count: lanes)
    var laneOf: [String: Int] = [:]
    for (office, count) in offices.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      let lane = load.indices.min { load[$0] < load[$1] } ?? 0
      load[lane] += count
      laneOf[office] = lane
    }
    var shares = [[Int]](repeating: [], count: lanes)
    for position in positions { shares[laneOf[items[position].office ?? ""] ?? 0].append(position) }
    return shares.filter { !$0.isEmpty }
  }
}
