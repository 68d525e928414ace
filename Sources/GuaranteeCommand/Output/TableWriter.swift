/// A table for people: columns lined up, numbers to the right and grouped, data that cannot hurt a terminal, and all of
/// it within the window where there is one.
///
/// Widths are those of the first rows; a later cell that is wider moves its own line only. So a report of
/// any length needs the memory of `measuredRows` rows.
struct TableWriter: RowWriter {
  static let measuredRows = 1000

  /// Text wider than this is cut, except in the last column.
  static let widestText = 80
  static let widestLastText = 1000

  private struct Cell {
    let text: String
    let tone: Tone
  }

  private let sink: ByteSink
  private let columns: [OutputColumn]
  private let titles: [String]
  private let isStyled: Bool
  private let windowColumns: Int?
  private var layout = TableLayout.upright
  /// The column of commands or of reasons, where it is too wide to stand beside the others: what it says has lines of its
  /// own below its row, so that a command can be copied.
  private var below: Int?
  private var waiting: [[Cell]] = []
  private var isBegun = false
  private var count = 0

  /// - Parameters:
  ///   - isStyled: whether the header is set in bold, and what needs attention in colour.
  ///   - windowColumns: how wide the window is; `nil` when lines may have any length.
  init(_ columns: [OutputColumn], to sink: ByteSink, isStyled: Bool = false, windowColumns: Int? = nil) {
    self.sink = sink
    self.columns = columns
    self.isStyled = isStyled
    self.windowColumns = windowColumns
    let names = columns.map(\.name)
    titles = names.map { ReadableCell.title($0, beside: names) }
  }

  mutating func write(_ row: [String?]) throws(OutputError) {
    let cells = row.enumerated().map { index, value in cell(value, index) }
    if isBegun { return try print(cells) }
    waiting.append(cells)
    if waiting.count == Self.measuredRows { try begin(isWhole: false) }
  }

  mutating func finish() throws(OutputError) {
    if !isBegun { try begin(isWhole: true) }
  }

  private mutating func begin(isWhole: Bool) throws(OutputError) {
    isBegun = true
    var measured = columns.indices.map { index in
      let texts = waiting.map { index < $0.count ? $0[index].text : "" }
      let widest = texts.map { DisplayWidth.of($0) }.max() ?? 0
      let mayFold = windowColumns != nil && columns[index].kind == .text
      let piece = mayFold ? texts.map { LineFolding.longestPiece(of: $0) }.max() ?? 0 : widest
      return TableLayout.Column(
        title: DisplayWidth.of(titles[index]), cells: widest,
        piece: mayFold ? piece : widest, isText: mayFold)
    }
    if let command = columns.firstIndex(where: { Self.mayStandBelow.contains($0.name) }), let windowColumns,
      TableLayout.total(measured.map(\.natural)) > windowColumns
    {
      below = command
      measured[command] = TableLayout.Column(title: 0, cells: 0, piece: 0)
    }
    layout = TableLayout(measured, in: windowColumns, isWhole: isWhole)
    if case .columns(let widths) = layout { try printHeading(widths) }
    for cells in waiting { try print(cells) }
    waiting = []
  }

  private func cell(_ value: String?, _ index: Int) -> Cell {
    guard let value else { return Cell(text: "", tone: .plain) }
    let column = columns[index]
    let widest = index == columns.count - 1 ? Self.widestLastText : Self.widestText
    // A cell of a million characters is cut before it is looked at closely.
    let isLong = column.kind != .amount && value.utf8.count > 8 * widest
    var text = ReadableCell.text(isLong ? String(value.prefix(2 * widest)) : value, column)
    if column.kind != .amount, DisplayWidth.of(text) > widest {
      text = DisplayWidth.prefix(of: text, columns: widest - DisplayWidth.of("…")) + "…"
    }
    return Cell(text: text, tone: isStyled ? Tone(of: value, in: column) : .plain)
  }

  // MARK: Columns

  private func printHeading(_ widths: [Int]) throws(OutputError) {
    let lines = lines(of: titles.map { Cell(text: $0, tone: .plain) }, widths)
    for line in lines {
      try sink.write((isStyled ? "\u{1B}[1m" : "") + line + (isStyled ? "\u{1B}[0m" : "") + "\n")
    }
    let rules = widths.filter { $0 > 0 }.map { String(repeating: "-", count: min($0, Self.widestText)) }
    try sink.write(rules.joined(separator: Self.gap) + "\n")
  }

  private mutating func print(_ cells: [Cell]) throws(OutputError) {
    count += 1
    switch layout {
    case .columns(let widths):
      for line in lines(of: cells, widths) { try sink.write(line + "\n") }
      if let below, !cells[below].text.isEmpty {
        let text = cells[below].text
        let isCommand = columns[below].name == "command"
        try sink.write(isCommand ? Self.command(text, windowColumns) : Self.note(text, windowColumns))
      }
    case .upright: try printUpright(cells)
    }
  }

  private static let mayStandBelow: Set = ["command", "reason"]

  private static func note(_ text: String, _ columns: Int?) -> String {
    gap
      + LineFolding.folded(text, columns: columns ?? .max, indent: 2, start: 2, breakingWords: true).joined(
        separator: "\n")
      + "\n"
  }

  /// A command on lines that a shell takes as one.
  private static func command(_ text: String, _ columns: Int?) -> String {
    let mayBreak = !text.contains { "'\"\\".contains($0) }
    let lines =
      mayBreak ? LineFolding.folded(text, columns: (columns ?? .max) - 2, indent: 6, start: 2) : [text]
    return gap + lines.joined(separator: " \\\n") + "\n"
  }

  private static let gap = String(repeating: " ", count: TableLayout.gap)

  /// The lines that a row takes: more than one where a cell is wider than its column.
  private func lines(of cells: [Cell], _ widths: [Int]) -> [String] {
    let folded = zip(cells, widths).map { cell, width in
      DisplayWidth.of(cell.text) <= width || width == 0
        ? [cell.text] : LineFolding.folded(cell.text, columns: width, breakingWords: true)
    }
    let isFitted = windowColumns != nil
    let height = isFitted ? folded.map(\.count).max() ?? 1 : 1
    return (0..<height).map { number in
      var line = ""
      var open = ""
      for index in cells.indices where widths[index] > 0 {
        let text = isFitted ? (number < folded[index].count ? folded[index][number] : "") : cells[index].text
        let padding = String(repeating: " ", count: max(0, widths[index] - DisplayWidth.of(text)))
        let shown = text.isEmpty ? "" : cells[index].tone.styled(text)
        // Spaces wait for something to stand behind them.
        let isToTheRight = [.amount, .integer].contains(columns[index].kind)
        if isToTheRight { open += padding }
        if !text.isEmpty {
          line += open + shown
          open = ""
        }
        open += (isToTheRight ? "" : padding) + Self.gap
      }
      return line
    }
  }

  // MARK: Row by row

  private func printUpright(_ cells: [Cell]) throws(OutputError) {
    let window = windowColumns ?? Self.widestText
    let rule = "-- \(count) "
    try sink.write(
      rule + String(repeating: "-", count: max(0, min(window, Self.widestText) - rule.count)) + "\n")
    let width = titles.map { DisplayWidth.of($0) }.max() ?? 0
    for (title, cell) in zip(titles, cells) where !cell.text.isEmpty {
      let padding = String(repeating: " ", count: width - DisplayWidth.of(title))
      let lines = LineFolding.folded(
        cell.text, columns: max(window, width + 22), indent: width + 2, start: width + 2, breakingWords: true)
      try sink.write(
        title + padding + Self.gap + lines.map { cell.tone.styled($0) }.joined(separator: "\n") + "\n")
    }
  }
}
