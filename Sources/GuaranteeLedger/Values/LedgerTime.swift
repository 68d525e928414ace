/// An instant of the database's clock, to the microsecond.
public struct LedgerTime: Sendable, Hashable {
  /// Since the beginning of 1970 in UTC.
  public let microsecondsSince1970: Int64

  public init(microsecondsSince1970: Int64) {
    self.microsecondsSince1970 = microsecondsSince1970
  }
}

extension LedgerTime: Comparable {
  public static func < (left: LedgerTime, right: LedgerTime) -> Bool {
    left.microsecondsSince1970 < right.microsecondsSince1970
  }
}

extension LedgerTime: CustomStringConvertible {
  /// In UTC, as `2026-01-05T08:30:00.000000Z`.
  public var description: String {
    let (seconds, microseconds) = Self.divided(microsecondsSince1970, by: 1_000_000)
    let (days, second) = Self.divided(seconds, by: 86_400)
    let (year, month, day) = Self.date(ofDay: days)
    let time = [second / 3600, second / 60 % 60, second % 60].map { Self.padded($0, to: 2) }
    return [year, month, day].map { Self.padded($0, to: 2) }.joined(separator: "-") + "T"
      + time.joined(separator: ":") + "." + Self.padded(microseconds, to: 6) + "Z"
  }

  /// Year, month and day of a day counted from 1970-01-01, by eras of 400 years that begin in March.
  private static func date(ofDay number: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, day) = divided(number + 719_468, by: 146_097)
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    let calendarMonth = month < 10 ? month + 3 : month - 9
    return (
      era * 400 + year + (calendarMonth <= 2 ? 1 : 0), calendarMonth, dayOfYear - (153 * month + 2) / 5 + 1
    )
  }

  /// Rounded towards the past, with a remainder that is never negative.
  private static func divided(_ number: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  private static func padded(_ number: Int64, to width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
