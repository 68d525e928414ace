/// A small generator of random numbers that gives the same ones for the same seed everywhere.
package struct SplitMix64: Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  package mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }

  package mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  package mutating func chance(percent: Int) -> Bool { below(100) < percent }

  /// One of a list that is not empty.
  package mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

  /// One of a list, each as often as its weight says.
  package mutating func pick<Element>(weighted list: [(Element, Int)]) -> Element {
    var rest = below(list.map(\.1).reduce(0, +))
    for (element, weight) in list {
      if rest < weight { return element }
      rest -= weight
    }
    return list[0].0
  }
}
