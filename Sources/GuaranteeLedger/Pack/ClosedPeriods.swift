/// The periods through which the books of offices were closed, as a pack says.
struct ClosedPeriods {
  struct Period {
    let office: [UInt8]
    /// The last day, as text.
    let through: [UInt8]
    /// The number of the event that closed it.
    let sequence: Int64
    let hash: [UInt8]
    /// What the closing says of accounts, disputes and lots, as its row has it.
    let accountCount: String
    let balances: [UInt8]
    let counts: [Machine: [String: String]]
    /// The line of the row.
    let line: Int
  }

  /// What goes from one state to another.
  enum Machine: String, CaseIterable {
    case disputes
    case lots
  }

  /// By office and day.
  private(set) var all: [Period] = []
  private var offices = ByteTable()
  private var ranges: [Range<Int>] = []

  /// Takes the next one; offices must not come again.
  mutating func append(_ period: Period) {
    let place = all.count
    all.append(period)
    let office = offices.insert(period.office)
    if office == ranges.count { ranges.append(place..<place) }
    ranges[office] = ranges[office].lowerBound..<(place + 1)
  }

  /// Where an office's periods stand; none when it has none.
  func periods(of office: some Collection<UInt8>) -> Range<Int> {
    offices.index(of: office).map { ranges[$0] } ?? 0..<0
  }

  /// The period among these in which a day lies; `nil` when none is closed that has it.
  func index(of day: some Collection<UInt8>, in range: Range<Int>) -> Int? {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if all[middle].through.lexicographicallyPrecedes(day) { low = middle + 1 } else { high = middle }
    }
    return low < range.upperBound ? low : nil
  }
}
