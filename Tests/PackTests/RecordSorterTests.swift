import Testing

@testable import GuaranteeLedger

@Suite("Sorting more than memory holds")
struct RecordSorterTests {
  @Test("Records come by their keys, and those of one key as they came", arguments: [64, 1000, 1 << 20])
  func order(limit: Int) throws {
    var random = SplitMix(state: UInt64(limit))
    var wanted: [(key: [UInt8], payload: [UInt8])] = []
    let sorter = RecordSorter(limit: limit)
    for number in 0..<20_000 {
      let key = (0..<Int(random.next() % 4)).map { _ in UInt8(truncatingIfNeeded: random.next() % 3) }
      var payload: [UInt8] = []
      payload.appendNumber(Int64(number))
      wanted.append((key, payload))
      try sorter.add(key: key, payload: payload)
    }
    // Swift's own sort keeps the order of equals when places are compared as well.
    let order = wanted.indices.sorted {
      wanted[$0].key == wanted[$1].key ? $0 < $1 : wanted[$0].key.lexicographicallyPrecedes(wanted[$1].key)
    }
    var records = try sorter.sorted()
    for index in order {
      #expect(try records.next())
      #expect(records.key == wanted[index].key)
      #expect(records.payload == wanted[index].payload)
    }
    #expect(try !records.next())
  }

  @Test("Nothing sorted is nothing")
  func nothing() throws {
    var records = try RecordSorter().sorted()
    #expect(try !records.next())
  }

  @Test("A record may be larger than the buffer")
  func large() throws {
    let sorter = RecordSorter(limit: 16)
    let payload = [UInt8](repeating: 7, count: 100_000)
    for key: UInt8 in [3, 1, 2] { try sorter.add(key: [key], payload: payload) }
    var records = try sorter.sorted()
    for key: UInt8 in [1, 2, 3] {
      #expect(try records.next())
      #expect(records.key == [key])
      #expect(records.payload == payload)
    }
  }
}

/// A small generator, so that each run is the same.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
