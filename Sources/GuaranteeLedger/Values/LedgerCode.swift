/// A code of the ledger's rules, such as a stage or an instrument.
///
/// The codes that the rules name are statics, written from the rules when the program is built. A ledger may
/// have others, whose rules came later: compare codes, and leave room for one that you don't know.
///
/// ```swift
/// switch dispute.stage {
/// case .litigating: askTheCourt()
/// case .decided, .closed: settle()
/// default: wait()
/// }
/// ```
public protocol LedgerCode: RawRepresentable, Sendable, Hashable, CustomStringConvertible
where RawValue == String {
  /// Takes any code, known or not, as the rules spell it.
  init(rawValue: String)

  /// The codes that the rules had when this program was built, in their order.
  static var known: [Self] { get }
}

extension LedgerCode {
  /// The code as the rules spell it.
  public var description: String { rawValue }

  /// Whether the rules had this code when the program was built.
  public var isKnown: Bool { Self.known.contains(self) }
}
