/// Reads CSV as RFC 4180 has it, also with tabs in place of its commas, one record a call; a record ends with LF, CRLF
/// or CR.
///
/// What is wrong with one row alone is reported when the row has been passed, so that reading can go on.
/// After a quote that stands where none may, nobody can tell where rows end: that ends the reading.
struct CSVReader {
  private enum State {
    case valueStart, bare, quoted
    /// Behind a quote inside a quoted value: its end, or the first half of a doubled one.
    case quoteInQuoted
  }

  /// The columns, once the header was read.
  var columns: EventColumns?
  /// The line that is read next.
  private(set) var line: Int
  var row = RowText()

  private var state = State.valueStart
  private var rowLine = 1
  private var valueLine = 1
  /// Whether a record has begun: one of nothing but a line break has not.
  private var isBegun = false
  private var previousWasCR = false
  /// The line of the last record when the end of the file ended it and no line break.
  private(set) var openEnd: Int?
  /// The first thing wrong with the present row.
  private var problem: RowProblem?

  /// A header of more columns is not one.
  private static let mostColumns = 1000

  /// The longest value there may be, in bytes.
  private let longestValue: Int
  /// What stands between values: a comma or a tab; `nil` while the first of them is to tell.
  private var separator: UInt8?
  /// All values of a row together may have so many bytes, however many there are.
  private static let longestRow = 5 << 20

  init(line: Int, separator: UInt8? = UInt8(ascii: ","), longestValue: Int = RowText.longestValue) {
    self.line = line
    self.separator = separator
    self.longestValue = longestValue
  }

  /// Reads one record into `row`; blank lines are none.
  ///
  /// - Returns: The line on which it begins, or `nil` at the end of the file.
  mutating func next(from source: inout ByteSource) throws -> Int? {
    row.clear()
    (state, isBegun, problem) = (.valueStart, false, nil)
    while try source.hasMore() {
      if !isBegun, !previousWasCR, takePlainRow(from: &source) { return rowLine }
      let byte = source.piece[source.position]
      if previousWasCR {
        previousWasCR = false
        if byte == UInt8(ascii: "\n") {
          source.position += 1
          // Inside quotes the line break is part of the value.
          if state == .quoted { try keep(byte) }
          continue
        }
      }
      if try consume(byte, from: &source) {
        if let problem { throw problem }
        return rowLine
      }
    }
    return try atEnd()
  }

  /// Takes a whole row at once, as nearly all of them can be taken.
  private mutating func takePlainRow(from source: inout ByteSource) -> Bool {
    guard let separator else { return false }
    let (start, most) = (source.position, columns?.names.count ?? Self.mostColumns)
    let end = min(source.end, start + longestValue)
    let lineBreak = source.piece.withUnsafeBufferPointer {
      row.takePlainRow($0, from: start, to: end, mostValues: most, separator: separator)
    }
    guard let lineBreak else { return false }
    source.position = lineBreak + 1
    rowLine = line
    line += 1
    return true
  }

  /// Takes at least the byte at hand; `true` when it ended the record.
  private mutating func consume(_ byte: UInt8, from source: inout ByteSource) throws -> Bool {
    switch (state, byte) {
    case (.quoted, UInt8(ascii: "\"")):
      state = .quoteInQuoted
    case (.quoted, UInt8(ascii: "\n")), (.quoted, UInt8(ascii: "\r")):
      try keep(byte)
      passLineBreak(byte)
    case (.quoted, _), (.bare, UInt8(ascii: "-")...), (.valueStart, UInt8(ascii: "-")...):
      try keepRun(from: &source)
      return false
    case (.quoteInQuoted, UInt8(ascii: "\"")):
      try keep(byte)
      state = .quoted
    case _ where isSeparator(byte):
      separator = byte
      begin()
      endValue()
    case (_, UInt8(ascii: "\n")), (_, UInt8(ascii: "\r")):
      source.position += 1
      if isBegun { endValue() }
      passLineBreak(byte)
      return isBegun
    case (.valueStart, UInt8(ascii: "\"")):
      begin()
      state = .quoted
    case (.quoteInQuoted, _):
      throw fatal("there is text behind the closing quote; double the quotes that belong to the value")
    case (.bare, UInt8(ascii: "\"")):
      throw fatal("there is a quote inside the value; put the whole value in quotes and double those in it")
    default:
      try keepRun(from: &source)
      return false
    }
    source.position += 1
    return false
  }

  // MARK: Values

  private mutating func begin() {
    if !isBegun {
      isBegun = true
      rowLine = line
    }
    if state == .valueStart { valueLine = line }
  }

  /// Keeps the bytes up to the next one that means something.
  private mutating func keepRun(from source: inout ByteSource) throws {
    begin()
    if state == .valueStart { state = .bare }
    let isQuoted = state == .quoted
    let start = source.position
    var index = start
    var union: UInt8 = 0
    source.piece.withUnsafeBufferPointer { bytes in
      let end = source.end
      while index < end {
        let byte = bytes[index]
        // Nothing above the comma means anything, and inside quotes the comma means itself.
        if byte <= UInt8(ascii: ",") && (isQuoted ? Self.endsQuotedRun(byte) : endsBareRun(byte)) {
          break
        }
        union |= byte
        index += 1
      }
    }
    if index == start {
      // A byte that ends runs and yet is no separator: NUL.
      note("there is a NUL byte; the file is damaged, or it is not UTF-8 text")
      source.position += 1
      return
    }
    source.position = index
    try keep(source.piece[start..<index], union: union)
  }

  private static func endsQuotedRun(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == 0
  }

  private func endsBareRun(_ byte: UInt8) -> Bool {
    isSeparator(byte) || Self.endsQuotedRun(byte)
  }

  private func isSeparator(_ byte: UInt8) -> Bool {
    guard let separator else { return byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\t") }
    return byte == separator
  }

  private mutating func keep(_ byte: UInt8) throws {
    try keep([byte][...], union: byte)
  }

  private mutating func keep(_ bytes: ArraySlice<UInt8>, union: UInt8) throws {
    // Of a row that is wrong anyhow nothing more is kept, however long it goes on.
    if problem != nil { return }
    guard row.length + bytes.count <= longestValue else {
      return try noteLimit("the value is longer than \(longestValue) bytes")
    }
    guard row.bytes.count + bytes.count <= Self.longestRow else {
      return try noteLimit("the row is longer than \(Self.longestRow >> 20) MB")
    }
    row.append(bytes, union: union)
  }

  private mutating func noteLimit(_ reason: String) throws {
    if state == .quoted { throw fatal(reason + "; a closing quote may be missing") }
    note(reason)
  }

  private mutating func endValue() {
    state = .valueStart
    if problem != nil { return }
    let limit = columns?.names.count ?? Self.mostColumns
    // One value too many is enough to know.
    guard row.count <= limit else { return row.dropValue() }
    if let fault = row.endValue() { noteBadText(at: fault) }
  }

  // MARK: Lines and ends

  private mutating func passLineBreak(_ byte: UInt8) {
    line += 1
    previousWasCR = byte == UInt8(ascii: "\r")
  }

  private mutating func atEnd() throws -> Int? {
    if state == .quoted {
      throw RowProblem(
        line: valueLine, field: name(at: row.count),
        reason: "the file ends inside the quoted value that begins here", endsReading: true)
    }
    guard isBegun else { return nil }
    openEnd = line
    endValue()
    if let problem { throw problem }
    return rowLine
  }

  // MARK: Problems

  private func name(at index: Int) -> String {
    columns.flatMap { index < $0.names.count ? $0.names[index] : nil } ?? String(index + 1)
  }

  private mutating func note(_ reason: String) {
    if problem == nil { problem = RowProblem(line: line, field: name(at: row.count), reason: reason) }
  }

  private mutating func noteBadText(at fault: Int) {
    let index = row.count - 1
    let start = index == 0 ? 0 : row.ends[index - 1]
    let breaks = row.bytes[start..<(start + fault)].count { $0 == UInt8(ascii: "\n") }
    let byte = String(row.bytes[start + fault], radix: 16, uppercase: true)
    problem = RowProblem(
      line: valueLine + breaks, field: name(at: index),
      reason: "byte \(fault + 1) of the value (0x\(byte)) is not UTF-8; save the file as UTF-8")
  }

  private func fatal(_ reason: String) -> RowProblem {
    RowProblem(line: line, field: name(at: row.count), reason: reason, endsReading: true)
  }
}
