/// A column of something that is printed.
struct OutputColumn: Sendable, Equatable {
  /// What the values are, which decides how each format shows them.
  enum Kind: Sendable {
    /// What is shown as it is.
    case text
    /// `YYYY-MM-DD`, shown as it is; spreadsheets know it.
    case date
    /// Exact decimals: right-aligned and grouped in tables, a string in JSON.
    case amount
    /// Whole numbers: right-aligned in tables, a number in JSON.
    case integer
    /// `true` or `false`.
    case boolean
  }

  let name: String
  let kind: Kind

  init(_ name: String, _ kind: Kind = .text) {
    self.name = name
    self.kind = kind
  }
}

/// Writes rows in one of the output formats, as they come and in constant memory.
protocol RowWriter {
  /// Writes one row with a value for each column; `nil` is a value that is not there.
  mutating func write(_ row: [String?]) throws(OutputError)

  /// Writes what belongs behind the last row. Does not flush the sink.
  mutating func finish() throws(OutputError)
}
