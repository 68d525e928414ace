/// What can stand beside the tables of a pack: made of them, and of nothing else.
public enum PackAddition: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// The general ledger as the AICPA's Audit Data Standard names its fields, in the folder `ads`.
  case ads
  /// The tables for spreadsheets, in the folder `excel`.
  case excel

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
