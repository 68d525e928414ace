/// Comma-separated values as RFC 4180 has them, with `\n` ends and quotes only where needed.
struct CSVWriter: RowWriter {
  private let sink: ByteSink
  private let isForSpreadsheets: Bool
  private let isForTerminal: Bool

  /// - Parameters:
  ///   - isForSpreadsheets: adds a byte order mark and disarms cells that a spreadsheet would run.
  ///   - isForTerminal: disarms what a terminal would run; everywhere else the bytes stay as they are.
  init(
    _ columns: [OutputColumn], to sink: ByteSink, isForSpreadsheets: Bool = false, isForTerminal: Bool = false
  ) throws(OutputError) {
    self.sink = sink
    self.isForSpreadsheets = isForSpreadsheets
    self.isForTerminal = isForTerminal
    if isForSpreadsheets { try sink.write("\u{FEFF}") }
    try write(columns.map { $0.name })
  }

  mutating func write(_ row: [String?]) throws(OutputError) {
    var isFirst = true
    for value in row {
      if !isFirst { try sink.write(byte: UInt8(ascii: ",")) }
      isFirst = false
      guard let given = value else { continue }
      let value = isForTerminal ? TerminalText.safe(given) : given
      try writeCell(isForSpreadsheets ? SpreadsheetCell.disarmed(value) : value)
    }
    try sink.write(byte: UInt8(ascii: "\n"))
  }

  mutating func finish() throws(OutputError) {}

  private func writeCell(_ value: String) throws(OutputError) {
    guard needsQuotes(value) else { return try sink.write(value) }
    let quote = UInt8(ascii: "\"")
    try sink.write(byte: quote)
    for byte in value.utf8 {
      if byte == quote { try sink.write(byte: quote) }
      try sink.write(byte: byte)
    }
    try sink.write(byte: quote)
  }

  private func needsQuotes(_ value: String) -> Bool {
    value.utf8.contains { byte in
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
      // Spreadsheets of some countries split cells here.
      case UInt8(ascii: ";"), UInt8(ascii: "\t"): isForSpreadsheets
      default: false
      }
    }
  }
}
