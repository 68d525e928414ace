/// A typed row of a reading.
protocol ReadableRow: Sendable {
  /// The columns in the order in which `init` takes their values.
  static var columns: [String] { get }

  /// Takes the values one after the other.
  ///
  /// - Throws: `LedgerError.database` for a value that can't be read.
  init(_ row: inout RowReader) throws(LedgerError)
}

/// A row that a later page may go on from.
protocol PageableRow: ReadableRow {
  /// The columns by which the rows are sorted; no two rows have the same values in all of them.
  static var order: [String] { get }

  /// The row's values in those columns.
  var bookmark: Bookmark<Self> { get }
}

/// Takes the values of a row one after the other.
struct RowReader {
  private let columns: [String]
  private let values: [String?]
  private var index = 0

  init(_ values: [String?], of columns: [String]) {
    self.columns = columns
    self.values = values
  }

  private mutating func value<Value>(
    _ read: (String) -> Value?
  ) throws(LedgerError) -> Value? {
    guard index < values.count, index < columns.count else { throw Self.unreadable("a column") }
    defer { index += 1 }
    guard let text = values[index] else { return nil }
    guard let value = read(text) else { throw Self.unreadable(columns[index]) }
    return value
  }

  private mutating func required<Value>(_ read: (String) -> Value?) throws(LedgerError) -> Value {
    guard let value = try value(read) else { throw Self.unreadable(columns[index - 1]) }
    return value
  }

  private static func unreadable(_ column: String) -> LedgerError {
    LedgerError(.database, "The database gave a value of \(column) that can't be read.")
  }

  // MARK: Kinds of values

  mutating func text() throws(LedgerError) -> String { try required { $0 } }

  /// As it is, `nil` only where there is none.
  mutating func anyText() throws(LedgerError) -> String? { try value { $0 } }

  /// `nil` for an empty text too: what an account is not kept by is empty in the tables.
  mutating func textIfAny() throws(LedgerError) -> String? {
    try value { $0 }.flatMap { $0.isEmpty ? nil : $0 }
  }

  mutating func code<Code: LedgerCode>() throws(LedgerError) -> Code { try required { Code(rawValue: $0) } }

  mutating func codeIfAny<Code: LedgerCode>() throws(LedgerError) -> Code? {
    try textIfAny().map { Code(rawValue: $0) }
  }

  /// Codes with spaces between them; none when there is no value.
  mutating func codes<Code: LedgerCode>() throws(LedgerError) -> [Code] {
    try value { $0 }?.split(separator: " ").map { Code(rawValue: String($0)) } ?? []
  }

  mutating func money(in currency: Currency) throws(LedgerError) -> Money {
    try required { Money($0, currency) }
  }

  mutating func moneyIfAny(in currency: Currency) throws(LedgerError) -> Money? {
    try value { Money($0, currency) }
  }

  /// The columns of money by its age in days.
  static let ageColumns = ["days_0_30", "days_31_90", "days_91_180", "days_181_365", "over_365"]

  /// The values of `ageColumns`.
  mutating func moneyByAge(in currency: Currency) throws(LedgerError) -> (Money, Money, Money, Money, Money) {
    (
      try money(in: currency), try money(in: currency), try money(in: currency), try money(in: currency),
      try money(in: currency)
    )
  }

  mutating func date() throws(LedgerError) -> LedgerDate { try required { LedgerDate($0) } }

  mutating func dateIfAny() throws(LedgerError) -> LedgerDate? { try value { LedgerDate($0) } }

  mutating func time() throws(LedgerError) -> LedgerTime { try required { LedgerTime($0) } }

  mutating func timeIfAny() throws(LedgerError) -> LedgerTime? { try value { LedgerTime($0) } }

  mutating func integer<Integer: FixedWidthInteger>() throws(LedgerError) -> Integer {
    try required { Integer($0) }
  }

  mutating func integerIfAny<Integer: FixedWidthInteger>() throws(LedgerError) -> Integer? {
    try value { Integer($0) }
  }
}
