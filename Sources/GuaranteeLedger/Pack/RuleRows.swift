/// The rows of a small CSV text, each by its columns' names.
struct RuleRows {
  let rows: [[String: String]]

  /// No table of rules has as many, and what makes sense of them looks at all of them more than once.
  private static let (mostColumns, mostRows) = (40, 5000)

  /// - Throws: `RowProblem` for what is no CSV, rows of another length than the header's, or more than rules have.
  init(_ bytes: [UInt8]) throws {
    var source = ByteSource(bytes)
    var reader = CSVReader(line: 1)
    var header: [String] = []
    var rows: [[String: String]] = []
    while let line = try reader.next(from: &source) {
      guard reader.row.count <= Self.mostColumns, rows.count < Self.mostRows else {
        throw RowProblem(
          line: line,
          reason: "there are more than \(Self.mostRows) rows of rules, or \(Self.mostColumns) columns")
      }
      let cells = reader.row.ends.indices.map { reader.row.text(at: $0) }
      if header.isEmpty {
        header = cells
        continue
      }
      guard cells.count == header.count else {
        throw RowProblem(line: line, reason: "the row has \(cells.count) values for \(header.count) columns")
      }
      rows.append(Dictionary(zip(header, cells)) { first, _ in first })
    }
    self.rows = rows
  }
}
