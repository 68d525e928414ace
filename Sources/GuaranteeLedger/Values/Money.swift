/// An exact sum of money in a currency, as the ledger gives it: below zero too, and as large as sums get.
///
/// An event takes an `Amount`, which is never negative; `amount` is the way from here to there. Sums can be
/// added, subtracted and compared within a currency only, and say so when they can't:
///
/// ```swift
/// let left = try exposure.funds - due
/// if try left < reserve { askForMore() }
/// ```
public struct Money: Sendable {
  /// What the sum is in.
  public let currency: Currency
  /// The digits without the point, with the sign: -120000000 for `-1200000.00`.
  public let digits: Int128
  /// How many of the digits stand behind the point: 0 to 18.
  public let decimals: Int

  /// `nil` for more than 18 decimals.
  public init?(digits: Int128, decimals: Int, currency: Currency) {
    guard (0...Amount.mostDecimals).contains(decimals) else { return nil }
    self.init(checked: digits, decimals, currency)
  }

  private init(checked digits: Int128, _ decimals: Int, _ currency: Currency) {
    self.digits = digits
    self.decimals = decimals
    self.currency = currency
  }

  /// The amount in a currency.
  public init(_ amount: Amount, _ currency: Currency) {
    self.init(checked: Int128(amount.digits), amount.decimals, currency)
  }

  /// Reads a number as the ledger writes it, such as `-1200000.00`; `nil` for a plus sign, an exponent,
  /// grouping, an empty side of the point, or more than 128 bits hold.
  public init?(_ text: String, _ currency: Currency) {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    guard let (digits, decimals) = DecimalText.read(text.utf8.dropFirst(isNegative ? 1 : 0), as: Int128.self)
    else { return nil }
    self.init(digits: isNegative ? -digits : digits, decimals: decimals, currency: currency)
  }

  /// Nothing, in a currency.
  public static func zero(in currency: Currency) -> Money { Money(checked: 0, 0, currency) }

  /// The sum as events take it; `nil` when it is below zero or needs more than 64 bits.
  public var amount: Amount? {
    Int64(exactly: digits).flatMap { Amount(digits: $0, decimals: decimals) }
  }

  /// Whether the sum is below zero.
  public var isNegative: Bool { digits < 0 }

  /// Whether the sum is nothing.
  public var isZero: Bool { digits == 0 }

  /// The number without its currency, as the ledger writes it: `-1200000.00`.
  public var text: String {
    (isNegative ? "-" : "") + DecimalText.written(String(digits.magnitude), decimals: decimals)
  }
}

extension Money: CustomStringConvertible {
  /// The number and the currency: `-1200000.00 CNY`.
  public var description: String { "\(text) \(currency)" }
}

extension Money: Hashable {
  /// Whether both are as much in the same currency: `1.5` and `1.50` are.
  public static func == (left: Money, right: Money) -> Bool {
    left.currency == right.currency && left.parts == right.parts
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(currency)
    hasher.combine(parts.whole)
    hasher.combine(parts.fraction)
  }

  /// What stands before the point, and what stands behind it in units of the eighteenth decimal.
  private var parts: (whole: Int128, fraction: Int128) {
    let unit = Int128(Amount.power(decimals))
    return (digits / unit, digits % unit * Int128(Amount.power(Amount.mostDecimals - decimals)))
  }

  fileprivate static func isLess(_ left: Money, than right: Money) throws(MoneyError) -> Bool {
    guard left.currency == right.currency else {
      throw .differentCurrencies(left.currency, right.currency)
    }
    return left.parts < right.parts
  }
}

// MARK: Arithmetic

/// Why two sums of money can't be added, subtracted or compared.
public enum MoneyError: Error, Hashable {
  /// They are in two currencies, and the ledger knows no rates.
  case differentCurrencies(Currency, Currency)
  /// The result needs more than 128 bits.
  case overflow
}

extension Money {
  /// The sum of both.
  ///
  /// - Throws: `MoneyError` for two currencies, or a sum beyond 128 bits.
  public static func + (left: Money, right: Money) throws(MoneyError) -> Money {
    try combined(left, right) { $0.addingReportingOverflow($1) }
  }

  /// What is left of the first without the second; below zero when the second is more.
  ///
  /// - Throws: `MoneyError` for two currencies, or a difference beyond 128 bits.
  public static func - (left: Money, right: Money) throws(MoneyError) -> Money {
    try combined(left, right) { $0.subtractingReportingOverflow($1) }
  }

  /// Whether the first is less. Two currencies can't be compared, so money as such has no order.
  ///
  /// - Throws: `MoneyError.differentCurrencies`.
  public static func < (left: Money, right: Money) throws(MoneyError) -> Bool {
    try isLess(left, than: right)
  }

  /// Whether the first is more.
  ///
  /// - Throws: `MoneyError.differentCurrencies`.
  public static func > (left: Money, right: Money) throws(MoneyError) -> Bool {
    try isLess(right, than: left)
  }

  /// Whether the first is less, or both are as much.
  ///
  /// - Throws: `MoneyError.differentCurrencies`.
  public static func <= (left: Money, right: Money) throws(MoneyError) -> Bool {
    try !isLess(right, than: left)
  }

  /// Whether the first is more, or both are as much.
  ///
  /// - Throws: `MoneyError.differentCurrencies`.
  public static func >= (left: Money, right: Money) throws(MoneyError) -> Bool {
    try !isLess(left, than: right)
  }

  private static func combined(
    _ left: Money, _ right: Money, _ operation: (Int128, Int128) -> (partialValue: Int128, overflow: Bool)
  ) throws(MoneyError) -> Money {
    guard left.currency == right.currency else {
      throw .differentCurrencies(left.currency, right.currency)
    }
    let decimals = max(left.decimals, right.decimals)
    let (result, isOver) = operation(try left.scaled(to: decimals), try right.scaled(to: decimals))
    guard !isOver else { throw .overflow }
    return Money(checked: result, decimals, left.currency)
  }

  private func scaled(to wanted: Int) throws(MoneyError) -> Int128 {
    let (scaled, isOver) = digits.multipliedReportingOverflow(by: Int128(Amount.power(wanted - decimals)))
    guard !isOver else { throw .overflow }
    return scaled
  }
}
