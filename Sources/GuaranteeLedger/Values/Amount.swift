/// An exact sum of money in its currency's unit, such as `1200000.00`, that is never negative.
///
/// It keeps the decimals it was written with, so that the same text comes back; `1.5` and `1.50` are equal.
/// Which currency it is in and how many decimals that has is said elsewhere: the ledger refuses too many.
public struct Amount: Sendable {
  /// The digits without the point: 120000000 for `1200000.00`.
  public let digits: Int64
  /// How many of the digits stand behind the point: 0 to 18.
  public let decimals: Int

  /// `nil` for a negative number or more than 18 decimals.
  public init?(digits: Int64, decimals: Int) {
    guard digits >= 0, (0...Self.mostDecimals).contains(decimals) else { return nil }
    self.digits = digits
    self.decimals = decimals
  }

  static let mostDecimals = 18

  /// Ten to the power of `exponent`, which is 0 to 18.
  static func power(_ exponent: Int) -> Int64 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}

extension Amount: LosslessStringConvertible {
  /// Reads digits with at most one point between them; `nil` for a sign, an exponent, grouping, digits of
  /// other scripts, an empty side of the point, or more than 64 bits hold.
  public init?(_ description: String) {
    guard let (digits, decimals) = DecimalText.read(description.utf8, as: Int64.self) else { return nil }
    self.init(digits: digits, decimals: decimals)
  }

  /// The number as it was written: `1200000.00`.
  public var description: String { DecimalText.written(String(digits), decimals: decimals) }
}

extension Amount: Comparable {
  public static func == (left: Amount, right: Amount) -> Bool {
    left.normalized == right.normalized
  }

  public static func < (left: Amount, right: Amount) -> Bool {
    let (whole, otherWhole) = (left.whole, right.whole)
    return whole == otherWhole ? left.fraction < right.fraction : whole < otherWhole
  }

  private var whole: Int64 { digits / Self.power(decimals) }

  /// What stands behind the point, in units of the eighteenth decimal.
  private var fraction: Int64 {
    digits % Self.power(decimals) * Self.power(Self.mostDecimals - decimals)
  }

  private var normalized: [Int64] { [whole, fraction] }
}

extension Amount: Hashable {
  public func hash(into hasher: inout Hasher) { hasher.combine(normalized) }
}
