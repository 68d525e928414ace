/// Numbers byte strings in the order in which they come.
struct ByteTable {
  private var slots: [Int32] = Array(repeating: -1, count: 16)
  private(set) var strings: [[UInt8]] = []

  var count: Int { strings.count }

  /// The number of a string; `nil` when it has none.
  func index(of bytes: some Collection<UInt8>) -> Int? {
    let slot = slots[self.slot(of: bytes)]
    return slot < 0 ? nil : Int(slot)
  }

  /// Numbers a string, unless it has a number already, and returns its number.
  @discardableResult
  mutating func insert(_ bytes: some Collection<UInt8>) -> Int {
    let slot = slot(of: bytes)
    if slots[slot] >= 0 { return Int(slots[slot]) }
    slots[slot] = Int32(strings.count)
    strings.append(Array(bytes))
    if strings.count * 2 > slots.count { grow() }
    return strings.count - 1
  }

  mutating func removeAll() {
    slots = Array(repeating: -1, count: 16)
    strings = []
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (index, string) in strings.enumerated() { slots[slot(of: string)] = Int32(index) }
  }

  /// Where the string is, or would be.
  private func slot(of bytes: some Collection<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (slots.count - 1)
    while slots[slot] >= 0, !strings[Int(slots[slot])].elementsEqual(bytes) {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }
}
