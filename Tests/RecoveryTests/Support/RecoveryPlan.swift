import Foundation
import ReferenceLedger

/// How much is tried: `RECOVERY_TESTS=long` tries all there is, `RECOVERY_SEED` other places.
enum RecoveryPlan {
  static let isLong = ProcessInfo.processInfo.environment["RECOVERY_TESTS"] == "long"
  static let seed = ProcessInfo.processInfo.environment["RECOVERY_SEED"].flatMap { UInt64($0) } ?? 20_261_126

  /// A few numbers from 1 to `count` that the seed chooses, the first and the last among them.
  static func choice(of few: Int, upTo count: Int, seed: UInt64) -> [Int] {
    if count <= few { return Array(1...count) }
    var random = SplitMix64(seed: seed)
    var chosen: Set = [1, count]
    while chosen.count < few { chosen.insert(1 + Int(random.next() % UInt64(count))) }
    return chosen.sorted()
  }
}
