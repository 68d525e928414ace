/// Where a page ended, as people see and type it: the last row's values in what it is sorted by, with commas between.
enum PlaceText {
  static func text(_ values: [String?]) -> String {
    values.map { value in
      let value = value ?? ""
      return CSVCell.needsQuotes(value) ? String(decoding: CSVCell.quoted(value), as: UTF8.self) : value
    }.joined(separator: ",")
  }

  /// - Throws: `SelectionMistake` when it is no place among such rows.
  static func values(
    in text: String, of order: [OrderItem], _ shape: RowShape
  ) throws(SelectionMistake) -> [String] {
    let mistake = SelectionMistake.badPlace(text, columns: order.map(\.column))
    guard let values = cells(of: text), values.count == order.count, !order.isEmpty else { throw mistake }
    for (item, value) in zip(order, values) {
      guard let column = shape.column(item.column), value.isEmpty || canBe(value, column) else {
        throw mistake
      }
    }
    return values
  }

  private static func canBe(_ value: String, _ column: RowShape.Column) -> Bool {
    switch column.type {
    case "date": LedgerDate(value) != nil
    case "timestamp with time zone": LedgerTime(value) != nil
    case "smallint": Int16(value) != nil
    case "integer": Int32(value) != nil
    case "bigint": Int64(value) != nil
    case "numeric": isNumber(value)
    case "boolean": value == "true" || value == "false"
    default: !value.utf8.contains(0)
    }
  }

  private static func isNumber(_ value: String) -> Bool {
    let digits = value.utf8.drop { $0 == UInt8(ascii: "-") }
    return digits.count <= 40 && digits.first != UInt8(ascii: ".") && digits.last != UInt8(ascii: ".")
      && digits.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
      && digits.count { $0 == UInt8(ascii: ".") } <= 1 && !digits.isEmpty
      && value.utf8.count - digits.count <= 1
  }

  /// The cells of a line; `nil` when its quotes don't fit.
  private static func cells(of text: String) -> [String]? {
    guard !text.isEmpty else { return [""] }
    var source = ByteSource(Array(text.utf8))
    var reader = CSVReader(line: 1)
    guard (try? reader.next(from: &source)) != nil else { return nil }
    let cells = reader.row.ends.indices.map { reader.row.text(at: $0) }
    let isWhole = (try? source.hasMore()) == false
    return isWhole ? cells : nil
  }
}
