import XMLReader

/// A spreadsheet as flat OpenDocument XML: the rows of its first sheet as CSV, each on the line of its number.
///
/// What a cell holds counts, and not how it is shown: a date is the day that it is, and a number is what was typed,
/// unless it has more digits than a spreadsheet keeps.
package final class Sheet {
  private let file: String
  private let write: (String) throws -> Void
  private var header: [String] = []
  private var row = 0
  /// Rows without any value, of which nobody knows yet whether others follow.
  private var blankRows = 0
  private var isDone = false
  private var joined: JoinedLines?

  /// Cells with several lines, which became one.
  package struct JoinedLines: Sendable {
    package fileprivate(set) var count = 0
    /// Where the first of them is.
    package let line: Int
    package let field: String
  }

  /// More rows than a sheet has.
  private static let mostRows = 1_048_576
  private static let mostColumns = 16_384
  /// The largest document that is read.
  private static let mostBytes = 512 << 20

  private init(_ file: String, _ write: @escaping (String) throws -> Void) {
    self.file = file
    self.write = write
  }

  /// Reads a sheet, in memory for one row.
  ///
  /// - Parameters:
  ///   - path: The document.
  ///   - file: What errors call it.
  ///   - write: Takes the next text of the CSV.
  /// - Returns: The cells whose lines were joined by spaces; `nil` when there were none.
  /// - Throws: `EventFileError` that names row and column, or what `write` throws.
  @discardableResult
  package static func read(
    path: String, named file: String, write: @escaping (String) throws -> Void
  ) throws -> JoinedLines? {
    let sheet = Sheet(file, write)
    var limits = XMLReader.Limits()
    limits.allElements = 100_000_000
    do {
      let input = try InputDescriptor(path: path)
      var source = ByteSource { input.read(into: $0) }
      let reader = try XMLReader(limits: limits, inline: text(of:)) { try sheet.take($0, in: $1) }
      while try source.hasMore(), !sheet.isDone {
        try reader.read(source.piece[source.position..<source.end], isLast: false)
        source.position = source.end
        guard source.bytesRead <= mostBytes else {
          throw sheet.problem("the spreadsheet is too large; save it as CSV")
        }
      }
    } catch let error as XMLError {
      throw EventFileError(
        file: file, line: sheet.row + 1, field: nil, reason: "the spreadsheet can't be read: \(error.reason)",
        endsReading: true)
    } catch let error as SystemFailure {
      throw EventFileError(file: file, line: nil, field: nil, reason: error.reason, endsReading: true)
    }
    return sheet.joined
  }

  /// What parts of a cell's text say that have a look of their own, and what stands for blanks.
  private static func text(of element: XMLElement) -> String? {
    switch element.name {
    case "span", "a": element.text
    // No text may be longer: more blanks are refused as they are added.
    case "s": String(repeating: " ", count: min(max(Int(element.attributes["c"] ?? "1") ?? 1, 0), 1 << 17))
    case "tab": "\t"
    case "line-break": "\n"
    default: nil
    }
  }

  /// - Returns: Whether the element is not needed any more.
  private func take(_ element: XMLElement, in parents: [XMLElement]) throws -> Bool {
    switch element.name {
    case "table-row" where !isDone:
      try take(row: element)
      return true
    case "table" where parents.last?.name == "spreadsheet":
      isDone = true
      return true
    // What stands beside the cells is not for the ledger: styles, notes, shapes.
    case "annotation", "shapes", "automatic-styles", "styles", "master-styles", "settings", "scripts", "meta",
      "content-validations", "style", "table-column":
      return true
    default: return false
    }
  }

  private func take(row element: XMLElement) throws {
    let count = Int(element.attributes["number-rows-repeated"] ?? "1") ?? 1
    guard row + count <= Self.mostRows else { throw problem("the sheet has too many rows") }
    row += 1
    let cells = try cells(of: element)
    if cells.isEmpty {
      blankRows += count
      row += count - 1
      return
    }
    try write(String(repeating: "\n", count: blankRows))
    blankRows = 0
    if header.isEmpty { header = cells }
    let missing = max(0, header.count - cells.count)
    let line = (cells + Array(repeating: "", count: missing)).map(Self.cell).joined(separator: ",") + "\n"
    for _ in 0..<count { try write(line) }
    row += count - 1
  }

  /// The values up to the last that is not empty.
  private func cells(of row: XMLElement) throws -> [String] {
    var values: [String] = []
    var empty = 0
    for cell in row.children where ["table-cell", "covered-table-cell"].contains(cell.name) {
      let count = Int(cell.attributes["number-columns-repeated"] ?? "1") ?? 1
      let value = try value(of: cell, column: values.count + empty)
      guard !value.isEmpty else {
        empty += count
        continue
      }
      guard values.count + empty + count <= Self.mostColumns else {
        throw problem("the sheet has too many columns")
      }
      values += Array(repeating: "", count: empty) + Array(repeating: value, count: count)
      empty = 0
    }
    return values
  }

  private func value(of cell: XMLElement, column: Int) throws -> String {
    guard let type = cell.attributes["value-type"] else { return "" }
    switch type {
    case "string":
      let lines = cell.all("p")
      guard lines.allSatisfy(\.children.isEmpty) else {
        throw problem("a part of the cell is more than text; write it as plain text", column)
      }
      return oneLine(cell.attributes["string-value"] ?? lines.map(\.text).joined(separator: "\n"), column)
    case "date":
      let date = cell.attributes["date-value"] ?? ""
      return date.hasSuffix("T00:00:00") ? String(date.dropLast(9)) : date
    case "boolean": return cell.attributes["boolean-value"] ?? ""
    case "float", "currency":
      guard let number = SheetNumber.decimal(cell.attributes["value"] ?? "") else {
        throw problem(
          "the number in the cell has more digits than a spreadsheet keeps; write it as text", column)
      }
      return number
    default:
      throw problem("what the cell holds is no text, number or date; write it as text", column)
    }
  }

  /// A text of several lines with spaces between them: a document's number or a name has one.
  private func oneLine(_ text: String, _ column: Int) -> String {
    guard text.contains(where: \.isNewline) else { return text }
    let lines = text.split(whereSeparator: \.isNewline).map { line in
      let start = line.drop { $0 == " " }
      return String(start.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
    if lines.count > 1 {
      joined = joined ?? JoinedLines(line: row, field: name(of: column))
      joined?.count += 1
    }
    return lines.joined(separator: " ")
  }

  private func name(of column: Int) -> String {
    column < header.count ? header[column] : String(column + 1)
  }

  private func problem(_ reason: String, _ column: Int? = nil) -> EventFileError {
    let field = column.map(name)
    return EventFileError(
      file: file, line: row == 0 ? nil : row, field: field, reason: reason, endsReading: true)
  }

  /// A tab, too, needs quotes: in a header, the first that stands bare would be taken for what separates.
  private static func cell(_ value: String) -> String {
    CSVCell.needsQuotes(value) || value.contains("\t")
      ? String(decoding: CSVCell.quoted(value), as: UTF8.self) : value
  }
}

/// Numbers of spreadsheets, which keep fifteen digits.
enum SheetNumber {
  private static let mostDigits = 15

  /// The number without an exponent, digit by digit; `nil` when it has more digits than a spreadsheet keeps, or is none.
  static func decimal(_ text: String) -> String? {
    let sign = text.hasPrefix("-") ? "-" : ""
    let parts = text.dropFirst(sign.count).split(separator: "E", omittingEmptySubsequences: false)
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, mantissa.count <= 2, mantissa.allSatisfy({ $0.allSatisfy(\.isWholeNumber) }),
      !mantissa[0].isEmpty, let exponent = parts.count == 2 ? Int(parts[1]) : 0, abs(exponent) <= mostDigits
    else { return nil }
    let fraction = mantissa.count == 2 ? mantissa[1] : ""
    var digits = Array(mantissa[0] + fraction)
    var point = mantissa[0].count + exponent
    if point > digits.count { digits += Array(repeating: "0", count: point - digits.count) }
    if point < 1 {
      digits = Array(repeating: "0", count: 1 - point) + digits
      point = 1
    }
    let significant = digits.drop { $0 == "0" }
    guard significant.count <= mostDigits else { return nil }
    let whole = String(digits[..<point].drop { $0 == "0" })
    let rest = String(digits[point...])
    let end = String(rest.reversed().drop { $0 == "0" }.reversed())
    return sign + (whole.isEmpty ? "0" : whole) + (end.isEmpty ? "" : "." + end)
  }
}
