extension Currency {
  /// How many decimals the currency's unit has: 2 for CNY, 0 for JPY; `nil` for a currency that is not known.
  public var minorDigits: Int? { Self.knownMinorDigits[rawValue] }
}
