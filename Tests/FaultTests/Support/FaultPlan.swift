import FoundationEssentials
import Testing

/// How much of the fault tests is run.
enum FaultPlan {
  /// `FAULT_TESTS=long` cuts, kills and fills some thousands of times; it takes many minutes.
  static let isLong = ProcessInfo.processInfo.environment["FAULT_TESTS"] == "long"

  /// Where all that is random begins: `FAULT_SEED=7` says where, to repeat a run. Otherwise the long form begins
  /// somewhere else each time, and the short one at the same place, so that what fails fails for the change.
  static let seed: UInt64 = {
    let given = ProcessInfo.processInfo.environment["FAULT_SEED"].flatMap { UInt64($0) }
    let seed = given ?? (isLong ? UInt64.random(in: 1...999_999_999) : 20_261_125)
    print("FAULT_SEED=\(seed)\(isLong ? " FAULT_TESTS=long" : "") repeats this run of the fault tests")
    return seed
  }()

  /// A number that differs between the short form and the long one.
  static func times(_ short: Int, long: Int) -> Int { isLong ? long : short }
}

extension Trait where Self == TimeLimitTrait {
  /// What takes longer hangs: an answer that never comes is what these tests are to find.
  static var patience: Self { .timeLimit(.minutes(FaultPlan.isLong ? 120 : 30)) }
}
