/// Amounts as a pack has them, in minor units of their currency.
enum MinorUnits {
  /// Reads digits with at most one point between them; `nil` for anything else, more decimals than the currency has,
  /// or more than 64 bits hold.
  ///
  /// - Parameters:
  ///   - isExact: whether it has to have all decimals of the currency.
  ///   - maySign: whether there may be a minus before it.
  static func read(
    _ bytes: some Collection<UInt8>, digits: Int, isExact: Bool = false, maySign: Bool = false
  ) -> Int64? {
    if maySign, bytes.first == UInt8(ascii: "-") {
      return read(bytes.dropFirst(), digits: digits, isExact: isExact).map { -$0 }
    }
    guard let (number, decimals) = DecimalText.read(bytes, as: Int64.self), decimals <= digits,
      !isExact || decimals == digits
    else { return nil }
    let (value, isTooMuch) = number.multipliedReportingOverflow(by: Amount.power(digits - decimals))
    return isTooMuch ? nil : value
  }

  /// The amount with all decimals of its currency, and a minus where it is below zero.
  static func text(_ value: some FixedWidthInteger, digits: Int) -> String {
    let size = DecimalText.written(String(value < 0 ? 0 - value : value), decimals: digits)
    return value < 0 ? "-" + size : size
  }

  /// A whole number without sign; `nil` for anything else.
  static func count(_ bytes: some Collection<UInt8>) -> Int64? {
    DecimalText.read(bytes, as: Int64.self).flatMap { $0.decimals == 0 ? $0.digits : nil }
  }
}
