/// A small CSV file read whole: a header and rows, quotes as in RFC 4180.
package struct CSVTable: Sendable {
  package let header: [String]
  package let rows: [[String]]

  package init(_ text: String) {
    var lines = CSVTable.split(text)
    header = lines.isEmpty ? [] : lines.removeFirst()
    rows = lines
  }

  /// Each row by column name; an empty cell is an absent one.
  package var records: [[String: String]] {
    rows.map { row in
      var record: [String: String] = [:]
      for (name, cell) in zip(header, row) where !cell.isEmpty { record[name] = cell }
      return record
    }
  }

  /// One line of CSV, without its line end.
  package static func line(_ cells: [String]) -> String {
    cells.map { cell in
      let special = cell.unicodeScalars.contains { "\",\n\r".unicodeScalars.contains($0) }
      guard special else { return cell }
      return "\""
        + cell.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\"\"") + "\""
    }.joined(separator: ",")
  }

  private static func split(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = String.UnicodeScalarView()
    var quoted = false
    var justClosed = false
    func finished() -> String { String(cell) }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"":
        // A doubled quote closes and opens again: the quote itself is put back then.
        if !quoted, justClosed { cell.append("\"") }
        quoted.toggle()
        justClosed = !quoted
        continue
      case "," where !quoted:
        row.append(finished())
        cell = .init()
      case "\r" where !quoted: break
      case "\n" where !quoted:
        row.append(finished())
        rows.append(row)
        row = []
        cell = .init()
      default: cell.append(scalar)
      }
      justClosed = false
    }
    if !cell.isEmpty || !row.isEmpty {
      row.append(finished())
      rows.append(row)
    }
    return rows
  }
}
