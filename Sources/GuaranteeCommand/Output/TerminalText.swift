/// Text from the ledger made safe for a terminal: nothing in it can move the cursor, change colours,
/// reverse the reading order or break a table's line.
enum TerminalText {
  static func safe(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where isDangerous(scalar.value):
        result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The same for a text of several lines of the program's own.
  static func safeLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { safe(String($0)) }.joined(
      separator: "\n")
  }

  /// A text of the program's own on lines that fit the window; what begins further in goes on there.
  ///
  /// - Parameter columns: The window's; `nil` when lines may have any length.
  static func fitted(_ text: String, columns: Int?) -> String {
    guard let columns else { return safeLines(text) }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let indent = line.prefix { $0 == " " }.count
      return LineFolding.folded(safe(String(line)), columns: columns, indent: indent).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// Whether a terminal may do something at this character instead of showing it.
  static func isDangerous(_ value: UInt32) -> Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F: true  // controls, among them the escape character
    case 0x061C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // reading order
    case 0x2028...0x2029, 0xFEFF, 0xE0000...0xE007F: true  // line breaks and invisible text
    default: false
    }
  }
}
