/// The instant by which a call must have returned; `never` waits as long as it takes.
struct Deadline: Hashable, Comparable, Sendable {
  private let instant: ContinuousClock.Instant?

  static let never = Deadline(instant: nil)

  private init(instant: ContinuousClock.Instant?) {
    self.instant = instant
  }

  init(at instant: ContinuousClock.Instant) {
    self.instant = instant
  }

  init(after duration: Duration?) {
    instant = duration.map { ContinuousClock.now + $0 }
  }

  static func < (a: Deadline, b: Deadline) -> Bool {
    guard let first = a.instant else { return false }
    guard let second = b.instant else { return true }
    return first < second
  }

  /// The same after a wait that doesn't count.
  func later(by wait: Duration) -> Deadline { Deadline(instant: instant.map { $0 + wait }) }

  var hasPassed: Bool { instant.map { $0 <= ContinuousClock.now } ?? false }

  /// What is left in whole milliseconds, rounded up, at least zero; `nil` without end.
  var millisecondsLeft: Int? {
    guard let instant else { return nil }
    let left = (instant - ContinuousClock.now).components
    guard left.seconds >= 0, left.attoseconds >= 0 else { return 0 }
    let milliseconds =
      Int64(min(left.seconds, 1_000_000)) * 1_000 + (left.attoseconds + 999_999_999_999_999)
      / 1_000_000_000_000_000
    return Int(milliseconds)
  }
}
