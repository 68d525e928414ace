/// Reads a file of events, CSV or JSON Lines by its content, row by row in constant memory.
///
/// CSV is as RFC 4180 has it, UTF-8, a byte order mark tolerated; its header names the fields in any order. Tabs may
/// stand in place of the commas, and text that is no UTF-8 is read as GB 18030 when it is that.
/// JSON Lines has one object a line with the same names. Columns called `result` and `message` are passed
/// over unless an event has such fields, since a file of rejected rows has them.
public final class EventFile {
  private enum Reader {
    case unknown
    case csv(CSVReader)
    case jsonLines(JSONLinesReader)
    case ended
  }

  /// The file as it was named; `standard input` for `-`.
  public let name: String
  /// The size in bytes; `nil` where it is not known beforehand, as for a pipe.
  public let byteCount: Int?

  private let names: FieldNames
  private var source: ByteSource
  private var text: ChineseText?
  private var reader = Reader.unknown

  /// Opens a file; `-` is standard input.
  public convenience init(path: String) throws(EventFileError) {
    try self.init(path: path, name: path == "-" ? "standard input" : path)
  }

  /// Opens a file that errors call otherwise.
  package convenience init(path: String, name: String) throws(EventFileError) {
    do {
      let input = try InputDescriptor(path: path)
      let text = ChineseText { input.read(into: $0) }
      self.init(name: name, byteCount: input.byteCount, source: ByteSource { text.read(into: $0) })
      self.text = text
    } catch {
      throw EventFileError(file: name, line: nil, field: nil, reason: error.reason, endsReading: true)
    }
  }

  init(
    name: String, byteCount: Int?, source: ByteSource, fields: [String] = Event.knownFields
  ) {
    self.name = name
    self.byteCount = byteCount
    self.source = source
    names = FieldNames(fields)
  }

  /// How many bytes were read so far.
  public var bytesRead: Int { source.bytesRead }

  /// The last line of CSV, once it was read, when nothing but the end of the file ends it: a file that was cut off in
  /// that line's last value looks just so. `nil` when a line break ends it, or nothing was cut off for certain.
  public var openEnd: Int? { if case .csv(let csv) = reader { csv.openEnd } else { nil } }

  /// Whether the file, which was read to its end, was taken for GB 18030, since it is no UTF-8.
  public var isGB18030: Bool { text?.isGB18030 ?? false }

  /// The next event; `nil` at the end.
  ///
  /// - Throws: What is wrong with the row; unless that `endsReading`, the next call goes on behind it.
  public func next() throws(EventFileError) -> EventRow? {
    do {
      return try nextRow()
    } catch let problem as RowProblem {
      if problem.endsReading { reader = .ended }
      throw EventFileError(
        file: name, line: problem.line, field: problem.field, reason: problem.reason,
        endsReading: problem.endsReading)
    } catch {
      reader = .ended
      let reason = (error as? SystemFailure)?.reason ?? "the file can't be read"
      throw EventFileError(file: name, line: nil, field: nil, reason: reason, endsReading: true)
    }
  }

  private func nextRow() throws -> EventRow? {
    if case .unknown = reader { reader = try begin() }
    switch reader {
    case .csv(var csv):
      // Taken out meanwhile, so that its buffers have one owner and are not copied.
      reader = .ended
      let row = Result { try nextRow(&csv) }
      reader = .csv(csv)
      return try row.get()
    case .jsonLines(var jsonLines):
      reader = .ended
      let row = Result { try jsonLines.next(from: &source) }
      reader = .jsonLines(jsonLines)
      return try row.get()
    case .unknown, .ended: return nil
    }
  }

  private func nextRow(_ csv: inout CSVReader) throws -> EventRow? {
    guard let line = try csv.next(from: &source), let columns = csv.columns else { return nil }
    let (bytes, ends) = csv.row.take()
    let row = EventRow(line: line, shape: columns, bytes: bytes, ends: ends)
    let wanted = columns.names.count
    guard ends.count == wanted else {
      let found =
        ends.count > wanted
        ? "more values than" : ends.count == 1 ? "one value for" : "\(ends.count) values for"
      throw RowProblem(line: line, reason: "the row has \(found) the \(wanted) columns of the header")
    }
    guard row.bytes != columns.joined || row.cells != columns.names else {
      throw RowProblem(line: line, reason: "the header stands here again; take this line out")
    }
    return row
  }

  // MARK: The beginning

  /// Finds out what the file is, by its first character that is no blank, and reads the header of CSV.
  private func begin() throws -> Reader {
    var line = 1
    try skipByteOrderMark()
    var previous: UInt8 = 0
    while try source.hasMore() {
      let byte = source.piece[source.position]
      switch byte {
      case UInt8(ascii: "{"): return .jsonLines(JSONLinesReader(line: line, names: names))
      case UInt8(ascii: "["):
        throw fatal(
          line, "this is a JSON array; write one object a line, without brackets and commas around them")
      case UInt8(ascii: "\n"): line += previous == UInt8(ascii: "\r") ? 0 : 1
      case UInt8(ascii: "\r"): line += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"): break
      default: return .csv(try readHeader(line: line))
      }
      previous = byte
      source.position += 1
    }
    throw fatal(1, "the file is empty; its first line should name the columns, such as key,on,event")
  }

  private func skipByteOrderMark() throws {
    guard try source.hasMore() else { return }
    switch source.piece[source.position] {
    case 0xEF:
      for expected: UInt8 in [0xEF, 0xBB, 0xBF] {
        guard try source.hasMore(), source.piece[source.position] == expected else {
          throw fatal(1, "the file does not begin as UTF-8 does; save it as UTF-8")
        }
        source.position += 1
      }
    case 0xFE, 0xFF: throw fatal(1, "the file is UTF-16 and not UTF-8; save it as UTF-8")
    default: break
    }
  }

  private func readHeader(line: Int) throws -> CSVReader {
    // No name has a comma or a tab in it.
    var csv = CSVReader(line: line, separator: nil)
    do {
      guard let line = try csv.next(from: &source) else { throw fatal(line, "the file has no header") }
      let header = csv.row.ends.indices.map { csv.row.text(at: $0) }
      try check(header: header, line: line)
      csv.columns = EventColumns(names: header, known: names.known)
      return csv
    } catch var problem as RowProblem {
      problem.endsReading = true
      throw problem
    }
  }

  private func check(header: [String], line: Int) throws {
    var seen: Set<String> = []
    if header.count == 1, let separator = header[0].first(where: { ";|".contains($0) }) {
      throw fatal(
        line, "the columns are separated by '\(separator)'; save the file with commas or tabs between them")
    }
    for (index, name) in header.enumerated() {
      let column = String(index + 1)
      guard !name.isEmpty else { throw fatal(line, "the header has no name here", column: column) }
      guard names.allows(name) else { throw fatal(line, names.whyNot(name), column: column) }
      guard seen.insert(name).inserted else {
        throw fatal(line, "the header names \(shown(name)) a second time", column: column)
      }
    }
    for required in ["key", "on", "event"] where !seen.contains(required) {
      throw fatal(line, "the header has no column \(shown(required)); every event needs it")
    }
  }

  private func fatal(_ line: Int, _ reason: String, column: String? = nil) -> RowProblem {
    RowProblem(line: line, field: column, reason: reason, endsReading: true)
  }
}
