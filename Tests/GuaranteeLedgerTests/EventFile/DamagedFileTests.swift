import Testing

@testable import GuaranteeLedger

@Suite("Damaged event files")
struct DamagedFileTests {
  private static let csv = """
    key,on,event,amount,note,office\r
    A,2026-01-05,detain,1.50,"a ""b"", c\r
    d",QINGDAO\r
    B,2026-01-06,decide,,保证金,
    C,2026-01-07,draw,"",x,HARBIN
    """
  private static let jsonLines = """
    {"key":"A","on":"2026-01-05","event":"detain","amount":12,"note":"a \\"b\\"\\u00e9\\ud83e\\uddfe","office":null}\r
    {"key":"B","on":"2026-01-06","event":"decide","note":"保证金"}
    {"event":"draw","key":"C","note":true}
    """
  /// Bytes that mean something to either format, and some that may not stand anywhere.
  private static let bytes = Array(",\"\r\n{}:\\[]0.eu\0".utf8) + [0xFF, 0xC3, 0xEF, 0xBB, 0xBF, 0x80]

  @Test("A file cut off or changed anywhere is read alike in pieces and whole", arguments: [csv, jsonLines])
  func oneChange(_ text: String) {
    let whole = Array(text.utf8)
    for place in whole.indices {
      for damaged in [
        Array(whole[..<place]), Self.changed(whole, at: place), whole.filter { $0 != whole[place] },
      ] {
        #expect(EventText.read(damaged, pieceSize: 1) == EventText.read(damaged, pieceSize: 1 << 16))
      }
    }
  }

  @Test(
    "Random damage does no harm, and every row that is read has as many values as columns",
    arguments: [csv, jsonLines])
  func randomChanges(_ text: String) throws {
    var random = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.seed
    for _ in 0..<2_000 {
      var damaged = Array(text.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<damaged.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: damaged[place] = Self.bytes.randomElement(using: &random) ?? 0
        case 1: damaged.insert(Self.bytes.randomElement(using: &random) ?? 0, at: place)
        default: damaged.remove(at: place)
        }
      }
      let pieceSize = Int.random(in: 1...40, using: &random)
      #expect(
        EventText.read(damaged, pieceSize: pieceSize) == EventText.read(damaged, pieceSize: 1 << 16),
        "seed \(seed)")
    }
  }

  private static func changed(_ bytes: [UInt8], at place: Int) -> [UInt8] {
    var bytes = bytes
    bytes[place] = Self.bytes[place % Self.bytes.count]
    return bytes
  }
}

/// The same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  let seed: UInt64
  private var state: UInt64

  init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
