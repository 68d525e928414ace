/// A table for people: columns lined up, numbers to the right and grouped, data that cannot hurt a terminal.
///
/// Widths are those of the first rows; a later cell that is wider moves its own line only. So a report of
/// any length needs the memory of `measuredRows` rows.
struct TableWriter: RowWriter {
  static let measuredRows = 1000

  /// Text wider than this is cut, except in the last column.
  static let widestText = 80
  static let widestLastText = 1000

  private let sink: ByteSink
  private let columns: [OutputColumn]
  private let isStyled: Bool
  private var widths: [Int]
  private var waiting: [[String]] = []
  private var isBegun = false

  /// - Parameter isStyled: whether the header is set in bold.
  init(_ columns: [OutputColumn], to sink: ByteSink, isStyled: Bool = false) {
    self.sink = sink
    self.columns = columns
    self.isStyled = isStyled
    widths = columns.map { DisplayWidth.of($0.name) }
  }

  mutating func write(_ row: [String?]) throws(OutputError) {
    let cells = row.enumerated().map { index, value in cell(value, index) }
    if isBegun { return try print(cells) }
    waiting.append(cells)
    if waiting.count == Self.measuredRows { try begin() }
  }

  mutating func finish() throws(OutputError) {
    if !isBegun { try begin() }
  }

  private mutating func begin() throws(OutputError) {
    isBegun = true
    for cells in waiting {
      for (index, text) in cells.enumerated() {
        widths[index] = max(widths[index], DisplayWidth.of(text))
      }
    }
    if isStyled { try sink.write("\u{1B}[1m") }
    try print(columns.map { $0.name })
    if isStyled { try sink.write("\u{1B}[0m") }
    try print(columns.indices.map { String(repeating: "-", count: ruleWidth($0)) })
    for cells in waiting { try print(cells) }
    waiting = []
  }

  private func ruleWidth(_ index: Int) -> Int { min(widths[index], Self.widestText) }

  private func cell(_ value: String?, _ index: Int) -> String {
    guard let value else { return "" }
    if columns[index].kind == .amount { return NumberGrouping.grouped(value) }
    let widest = index == columns.count - 1 ? Self.widestLastText : Self.widestText
    // A cell of a million characters is cut before it is looked at closely.
    let text = TerminalText.safe(value.utf8.count > 8 * widest ? String(value.prefix(2 * widest)) : value)
    if DisplayWidth.of(text) <= widest { return text }
    return DisplayWidth.prefix(of: text, columns: widest - 1) + "…"
  }

  private func print(_ cells: [String]) throws(OutputError) {
    var line = ""
    for (index, text) in cells.enumerated() {
      if index > 0 { line += "  " }
      let padding = String(repeating: " ", count: max(0, widths[index] - DisplayWidth.of(text)))
      let isToTheRight = columns[index].kind == .amount || columns[index].kind == .integer
      if isToTheRight {
        line += padding + text
      } else {
        line += text
        if index < cells.count - 1 { line += padding }
      }
    }
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    try sink.write(line)
    try sink.write("\n")
  }
}
