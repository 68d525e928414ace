/// A moment of the server's clock, exact to the microsecond.
public struct LedgerTime: Sendable, Hashable {
  /// Microseconds since the beginning of 1970 in UTC.
  public let microsecondsSince1970: Int64

  /// The moment so many microseconds after the beginning of 1970 in UTC; before it, when negative.
  public init(microsecondsSince1970: Int64) {
    self.microsecondsSince1970 = microsecondsSince1970
  }
}

extension LedgerTime: Comparable {
  public static func < (left: LedgerTime, right: LedgerTime) -> Bool {
    left.microsecondsSince1970 < right.microsecondsSince1970
  }
}

extension LedgerTime: LosslessStringConvertible {
  private static let secondsADay: Int64 = 86_400

  /// Reads a date and a time with its distance from UTC: `2026-01-05T17:30:00.5Z`, `2026-01-05 17:30:00+08`;
  /// `nil` for anything else, and outside the years 1 to 9999.
  public init?(_ description: String) {
    let text = Array(description.utf8)
    guard text.count > 19, [UInt8(ascii: "T"), UInt8(ascii: " ")].contains(text[10]) else { return nil }
    guard let date = LedgerDate(String(decoding: text[..<10], as: UTF8.self)),
      let clock = Self.seconds(of: text[11..<19])
    else { return nil }
    var rest = text[19...]
    var microseconds: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix(while: Self.isDigit)
      guard (1...6).contains(digits.count) else { return nil }
      microseconds = (Array(digits) + Array("000000".utf8)).prefix(6).reduce(0) {
        $0 * 10 + Int64($1 - UInt8(ascii: "0"))
      }
      rest = rest.dropFirst(1 + digits.count)
    }
    guard let distance = Self.distance(rest) else { return nil }
    let seconds = Int64(date.daysSince1970) * Self.secondsADay + clock - distance
    self.init(microsecondsSince1970: seconds * 1_000_000 + microseconds)
  }

  /// `+08`, `-03:30`, `+08:05:43` or `Z` in seconds.
  private static func distance(_ text: ArraySlice<UInt8>) -> Int64? {
    guard text.elementsEqual("Z".utf8) == false else { return 0 }
    guard let sign = text.first, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(sign) else { return nil }
    return seconds(of: text.dropFirst()).map { sign == UInt8(ascii: "-") ? -$0 : $0 }
  }

  /// Hours, or hours and minutes, or all of `HH:MM:SS`, in seconds.
  private static func seconds(of text: ArraySlice<UInt8>) -> Int64? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count) else { return nil }
    var seconds: Int64 = 0
    for (part, (unit, limit)) in zip(parts, [(3600, 23), (60, 59), (1, 60)] as [(Int64, Int64)]) {
      guard part.count == 2, part.allSatisfy(isDigit) else { return nil }
      let number = part.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
      guard number <= limit else { return nil }
      seconds += number * unit
    }
    return seconds
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// The moment in UTC as `2026-01-05T09:30:00.500000Z`.
  public var description: String {
    let (seconds, microseconds) = Self.divided(microsecondsSince1970, by: 1_000_000)
    let (days, second) = Self.divided(seconds, by: Self.secondsADay)
    func padded(_ number: Int64, to width: Int = 2) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let clock = [second / 3600, second / 60 % 60, second % 60].map { padded($0) }.joined(separator: ":")
    let day = LedgerDate.text(daysSince1970: Int(days))
    return "\(day)T\(clock).\(padded(microseconds, to: 6))Z"
  }

  /// Division with a remainder that is never negative.
  private static func divided(_ number: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
