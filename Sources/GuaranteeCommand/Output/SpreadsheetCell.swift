/// Cells that a spreadsheet would run as a formula, made text by a leading apostrophe.
enum SpreadsheetCell {
  /// The value as it is where it cannot run, in full width too; plain numbers such as `-5.00` stay numbers.
  static func disarmed(_ value: String) -> String {
    guard let first = value.unicodeScalars.first else { return value }
    switch first {
    case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}":
      return isPlainNumber(value) ? value : "'" + value
    default:
      return value
    }
  }

  /// An optional minus, digits, and at most one dot with digits behind it.
  static func isPlainNumber(_ value: String) -> Bool {
    let digits = value.hasPrefix("-") ? value.dropFirst() : value[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }
}
