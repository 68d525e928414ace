/// Decimal numbers with their thousands set apart, for people.
enum NumberGrouping {
  /// `1200000.00` as `1,200,000.00`; text that is no plain number stays as it is.
  static func grouped(_ number: String) -> String {
    guard isPlainNumber(number) else { return TerminalText.safe(number) }
    let isNegative = number.hasPrefix("-")
    let unsigned = isNegative ? number.dropFirst() : number[...]
    let whole = unsigned.prefix { $0 != "." }
    var result = isNegative ? "-" : ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return result + unsigned.dropFirst(whole.count)
  }

  /// An optional minus, digits, and at most one dot with digits behind it.
  private static func isPlainNumber(_ value: String) -> Bool {
    let digits = value.hasPrefix("-") ? value.dropFirst() : value[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }
}
