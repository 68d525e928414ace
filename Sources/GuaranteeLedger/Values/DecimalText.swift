/// Decimal numbers as the ledger writes them: digits with at most one point between them.
enum DecimalText {
  /// Reads the digits and how many of them stand behind the point; `nil` for a sign, an exponent, grouping,
  /// digits of other scripts, an empty side of the point, or more than the integer holds.
  static func read<Digits: FixedWidthInteger>(
    _ text: some Sequence<UInt8>, as type: Digits.Type
  ) -> (digits: Digits, decimals: Int)? {
    var digits: Digits = 0
    var decimals: Int?
    var digitsOnThisSide = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let (shifted, isTooMuch) = digits.multipliedReportingOverflow(by: 10)
        let (sum, isOver) = shifted.addingReportingOverflow(Digits(byte - UInt8(ascii: "0")))
        guard !isTooMuch, !isOver else { return nil }
        digits = sum
        digitsOnThisSide += 1
        decimals = decimals.map { $0 + 1 }
      case UInt8(ascii: ".") where decimals == nil && digitsOnThisSide > 0:
        decimals = 0
        digitsOnThisSide = 0
      default: return nil
      }
    }
    return digitsOnThisSide > 0 ? (digits, decimals ?? 0) : nil
  }

  /// The digits with a point before the last `decimals` of them.
  static func written(_ digits: String, decimals: Int) -> String {
    guard decimals > 0 else { return digits }
    var text = Array(repeating: UInt8(ascii: "0"), count: max(0, decimals + 1 - digits.utf8.count))
    text += digits.utf8
    text.insert(UInt8(ascii: "."), at: text.count - decimals)
    return String(decoding: text, as: UTF8.self)
  }
}
