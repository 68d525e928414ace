import GuaranteeLedger

/// Comma-separated values as RFC 4180 has them, with `\n` ends and quotes only where needed.
struct CSVWriter: RowWriter {
  private let sink: ByteSink
  private let isForSpreadsheets: Bool
  private let isForTerminal: Bool
  private let areTexts: [Bool]

  /// - Parameters:
  ///   - isForSpreadsheets: adds a byte order mark, and keeps a spreadsheet from running the cells of text columns or
  ///     taking them for something else.
  ///   - isForTerminal: disarms what a terminal would run; everywhere else the bytes stay as they are.
  init(
    _ columns: [OutputColumn], to sink: ByteSink, isForSpreadsheets: Bool = false, isForTerminal: Bool = false
  ) throws(OutputError) {
    self.sink = sink
    self.isForSpreadsheets = isForSpreadsheets
    self.isForTerminal = isForTerminal
    areTexts = columns.map { $0.kind == .text }
    if isForSpreadsheets { try sink.write(SpreadsheetCell.byteOrderMark) }
    try write(columns.map { $0.name })
  }

  mutating func write(_ row: [String?]) throws(OutputError) {
    for (index, value) in row.enumerated() {
      if index > 0 { try sink.write(byte: UInt8(ascii: ",")) }
      guard let given = value else { continue }
      let value = isForTerminal ? TerminalText.safe(given) : given
      let isText = isForSpreadsheets && (index >= areTexts.count || areTexts[index])
      try writeCell(isText ? SpreadsheetCell.text(value) : value)
    }
    try sink.write(byte: UInt8(ascii: "\n"))
  }

  mutating func finish() throws(OutputError) {}

  private func writeCell(_ value: String) throws(OutputError) {
    let needsQuotes = isForSpreadsheets ? SpreadsheetCell.needsQuotes(value) : CSVCell.needsQuotes(value)
    if !needsQuotes { return try sink.write(value) }
    for byte in CSVCell.quoted(value) { try sink.write(byte: byte) }
  }
}
