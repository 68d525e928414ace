/// Decimal numbers with their thousands set apart, for people.
enum NumberGrouping {
  /// `1200000.00` as `1,200,000.00`; text that is no plain number stays as it is.
  static func grouped(_ number: String) -> String {
    guard SpreadsheetCell.isPlainNumber(number) else { return TerminalText.safe(number) }
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
}
