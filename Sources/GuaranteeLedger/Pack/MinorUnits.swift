/// Amounts as a pack has them, in minor units of their currency.
enum MinorUnits {
  /// Reads digits with at most one point between them; `nil` for anything else, more decimals than the currency has,
  /// or more than 64 bits hold.
  ///
  /// - Parameter isExact: whether it has to have all decimals of the currency.
  static func read(_ bytes: some Collection<UInt8>, digits: Int, isExact: Bool = false) -> Int64? {
    guard let (number, decimals) = DecimalText.read(bytes, as: Int64.self), decimals <= digits,
      !isExact || decimals == digits
    else { return nil }
    let (value, isTooMuch) = number.multipliedReportingOverflow(by: Amount.power(digits - decimals))
    return isTooMuch ? nil : value
  }

  /// The amount with all decimals of its currency.
  static func text(_ value: some FixedWidthInteger, digits: Int) -> String {
    DecimalText.written(String(value), decimals: digits)
  }

  /// A whole number without sign; `nil` for anything else.
  static func count(_ bytes: some Collection<UInt8>) -> Int64? {
    DecimalText.read(bytes, as: Int64.self).flatMap { $0.decimals == 0 ? $0.digits : nil }
  }
}
