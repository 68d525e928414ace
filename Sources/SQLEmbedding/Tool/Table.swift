/// A small CSV file with a header: rows by column name.
struct Table {
  let path: String
  let rows: [[String: String]]

  init(_ file: SourceFile) throws {
    path = file.path
    var records = try Self.split(file.text, path: file.path)
    guard !records.isEmpty else { throw ToolError("\(file.path): no header") }
    let header = records.removeFirst()
    rows = try records.map { record in
      guard record.count == header.count else {
        let start = record.prefix(2).joined(separator: ",")
        throw ToolError("\(file.path): the row \(start)… has \(record.count) cells, not \(header.count)")
      }
      return Dictionary(zip(header, record)) { first, _ in first }
    }
  }

  /// Splits RFC 4180 text into records; empty lines are none.
  private static func split(_ text: String, path: String) throws -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var cell = ""
    var isQuoted = false
    var wasQuoted = false
    func endRecord() {
      if !(record.isEmpty && cell.isEmpty && !wasQuoted) { records.append(record + [cell]) }
      (record, cell, wasQuoted) = ([], "", false)
    }
    // Characters join \r\n into one, which is the line break either way.
    for character in text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...] {
      switch character {
      case "\"":
        // A quote inside quotes ends them; a second one right behind it stands for itself.
        if !isQuoted && wasQuoted { cell.append("\"") }
        isQuoted.toggle()
        wasQuoted = true
      case "," where !isQuoted:
        record.append(cell)
        (cell, wasQuoted) = ("", false)
      case "\n" where !isQuoted, "\r" where !isQuoted, "\r\n" where !isQuoted: endRecord()
      default: cell.append(character)
      }
    }
    guard !isQuoted else { throw ToolError("\(path): a quoted cell does not end") }
    endRecord()
    return records
  }
}
