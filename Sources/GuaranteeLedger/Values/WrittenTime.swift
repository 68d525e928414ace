/// A time as people write it: `2026-01-31T17:30:00+08:00`, or `2026-01-31T17:30` in the ledger's zone.
package struct WrittenTime: Sendable, Hashable {
  private let text: String

  init(_ time: LedgerTime) { text = time.description }
}

extension WrittenTime: LosslessStringConvertible {
  /// Reads a date, `T` or a blank, a time to the minute or finer, and its distance from UTC if it has one: ISO 8601's
  /// extended form. `nil` for anything else.
  package init?(_ description: String) {
    guard let parts = description.wholeMatch(of: Self.form), LedgerDate(String(parts.1)) != nil else {
      return nil
    }
    let (hour, minute, second) = (Int(parts.2) ?? 24, Int(parts.3) ?? 60, parts.4.flatMap { Int($0) } ?? 0)
    guard hour < 24, minute < 60, second < 60 else { return nil }
    let offset = parts.6.map(String.init) ?? ""
    let digits = offset.filter(\.isNumber)
    if let hours = Int(digits.prefix(2)), hours > 15 { return nil }
    if let minutes = Int(digits.dropFirst(2)), minutes > 59 { return nil }
    text =
      "\(parts.1)T\(parts.2):\(parts.3):\(parts.4 ?? "00")\(parts.5 ?? "")\(offset == "z" ? "Z" : offset)"
  }

  private static var form:
    Regex<(Substring, Substring, Substring, Substring, Substring?, Substring?, Substring?)>
  {
    /(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(\.\d{1,6})?)?([Zz]|[+-]\d\d(?::?\d\d)?)?/
      .asciiOnlyDigits()
  }

  /// The time as PostgreSQL reads it.
  package var description: String { text }
}
