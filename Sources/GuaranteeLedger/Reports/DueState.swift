/// How it stands with a deadline, or with money that is expected.
public struct DueState: LedgerCode {
  /// The code as the rules spell it.
  public let rawValue: String

  /// Takes any code, known or not.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The period runs.
  public static let running = Self(rawValue: "running")
  /// What it asked for was done in time.
  public static let met = Self(rawValue: "met")
  /// What it asked for was done after its end.
  public static let late = Self(rawValue: "late")
  /// It ended without what it asked for.
  public static let passed = Self(rawValue: "passed")
  /// It no longer matters, since the dispute was decided or the undertaking is gone.
  public static let ended = Self(rawValue: "ended")
  /// Money that is owed and not yet paid.
  public static let expected = Self(rawValue: "expected")

  /// All states that there are.
  public static let known: [DueState] = [.running, .met, .late, .passed, .ended, .expected]
}
