/// Why an event was refused, as the rules name it; the known codes are written from the rules at build time.
public struct RefusalCode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public var description: String { rawValue }
}
