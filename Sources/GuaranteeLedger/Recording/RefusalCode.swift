/// Why an event was refused, as the rules name it; the known codes are written from the rules at build time.
public struct RefusalCode: LedgerCode {
  /// The code as the rules spell it.
  public let rawValue: String

  /// Takes any code, known or not.
  public init(rawValue: String) { self.rawValue = rawValue }
}
