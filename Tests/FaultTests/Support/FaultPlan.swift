import FoundationEssentials
import Testing

/// How much of the fault tests is run.
enum FaultPlan {
  /// `FAULT_TESTS=long` cuts some thousands of times and fails over some ten times; it takes many minutes.
  static let isLong = ProcessInfo.processInfo.environment["FAULT_TESTS"] == "long"
  /// Where all that is random begins; `FAULT_SEED=7` tries another.
  static let seed = ProcessInfo.processInfo.environment["FAULT_SEED"].flatMap { UInt64($0) } ?? 20_261_125
}

extension Trait where Self == TimeLimitTrait {
  /// What takes longer hangs: an answer that never comes is what these tests are to find.
  static var patience: Self { .timeLimit(.minutes(FaultPlan.isLong ? 120 : 30)) }
}
