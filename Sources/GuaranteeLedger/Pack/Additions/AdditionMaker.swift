/// Makes the files of an addition from the tables of a pack.
struct AdditionMaker {
  let addition: PackAddition
  private let description: PackDescription
  private let ads: AuditDataStandard
  private let folder: String

  /// - Parameters:
  ///   - rules: the texts of the rules' files by their names.
  ///   - folder: where the pack's tables are.
  init(
    _ addition: PackAddition, _ rules: [String: [UInt8]], _ description: PackDescription, in folder: String
  ) throws {
    self.addition = addition
    self.description = description
    self.folder = folder
    ads = try AuditDataStandard(rules, description.tables, in: folder)
  }

  /// The names of the files, in the order in which they are made.
  var files: [String] {
    switch addition {
    case .ads: AuditDataStandard.File.allCases.map(\.path)
    case .excel: description.tables.map { "excel/" + $0.file }
    }
  }

  /// Makes a file piece by piece.
  ///
  /// - Returns: How many rows it has below its header.
  func write(_ file: String, _ body: @escaping ([UInt8]) throws -> Void) throws -> Int {
    let writer = AdditionWriter(body)
    switch addition {
    case .ads:
      guard let file = AuditDataStandard.File.allCases.first(where: { $0.path == file }) else { return 0 }
      try ads.write(file, to: writer)
    case .excel:
      guard let table = description.tables.first(where: { "excel/" + $0.file == file }) else { return 0 }
      try writeForSpreadsheets(table, to: writer)
    }
    try writer.flush()
    return writer.rowCount
  }

  private func writeForSpreadsheets(_ table: PackTable, to writer: AdditionWriter) throws {
    let rows = try PackRows(table, in: folder, PackFindings())
    let areTexts = table.columns.map { description.isText($0) }
    writer.put(SpreadsheetCell.byteOrderMark)
    try writer.header(table.columns)
    while rows.next() {
      rows.withCells { cells in
        for index in table.columns.indices {
          let text = cells.text(index)
          writer.cell(
            areTexts[index] ? SpreadsheetCell.text(text) : text, quoting: SpreadsheetCell.needsQuotes)
        }
      }
      try writer.endRow()
    }
  }
}

/// Writes CSV piece by piece.
final class AdditionWriter {
  private let body: ([UInt8]) throws -> Void
  private var buffer: [UInt8] = []
  private var isFirst = true
  private(set) var rowCount = 0

  init(_ body: @escaping ([UInt8]) throws -> Void) { self.body = body }

  func put(_ text: String) { buffer.append(contentsOf: text.utf8) }

  func header(_ columns: [String]) throws {
    for column in columns { cell(column) }
    try endRow()
    rowCount = 0
  }

  func cell(_ value: String, quoting needsQuotes: (String) -> Bool = CSVCell.needsQuotes) {
    if !isFirst { buffer.append(UInt8(ascii: ",")) }
    isFirst = false
    if needsQuotes(value) { buffer += CSVCell.quoted(value) } else { buffer += value.utf8 }
  }

  func row(_ cells: [String]) throws {
    for value in cells { cell(value) }
    try endRow()
  }

  func endRow() throws {
    buffer.append(UInt8(ascii: "\n"))
    isFirst = true
    rowCount += 1
    if buffer.count >= 1 << 16 { try flush() }
  }

  func flush() throws {
    try body(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
