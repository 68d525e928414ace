import Foundation
import ReferenceLedger

/// How much is tried: `RECOVERY_TESTS=long` tries all there is, `RECOVERY_SEED` other places.
enum RecoveryPlan {
  static let isLong = ProcessInfo.processInfo.environment["RECOVERY_TESTS"] == "long"
  static let seed = ProcessInfo.processInfo.environment["RECOVERY_SEED"].flatMap { UInt64($0) } ?? 20_261_126

  /// All numbers below `count` in the long form, else a few of them that the seed chooses, the first and the last among
  /// them.
  static func choice(of few: Int, below count: Int, seed: UInt64) -> [Int] {
    if isLong || count <= few { return Array(0..<count) }
    var random = SplitMix64(seed: seed)
    var chosen: Set = [0, count - 1]
    while chosen.count < few { chosen.insert(Int(random.next() % UInt64(count))) }
    return chosen.sorted()
  }
}
