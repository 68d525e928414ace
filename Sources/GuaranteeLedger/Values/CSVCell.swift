/// A cell of comma-separated values (RFC 4180), in quotes only where it needs them.
package enum CSVCell {
  /// Whether a cell means something else without quotes.
  package static func needsQuotes(_ value: String) -> Bool {
    value.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
  }

  /// The cell in quotes, with those in it doubled.
  package static func quoted(_ value: String) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    var cell = [quote]
    for byte in value.utf8 {
      if byte == quote { cell.append(quote) }
      cell.append(byte)
    }
    cell.append(quote)
    return cell
  }
}
