/// How many columns of a terminal a text takes: Chinese characters take two, combining marks none.
enum DisplayWidth {
  static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  static func of(_ scalar: Unicode.Scalar, ambiguous: Int = ambiguousWidth) -> Int {
    if scalar.value < 0xA1 { return 1 }
    if EastAsianWidth.isWide(scalar.value) { return 2 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return ambiguous > 1 && EastAsianWidth.isAmbiguous(scalar.value) ? 2 : 1
    }
  }

  /// How many columns the terminal gives to what may take one or two, such as “…”: one, unless
  /// `GUARANTEE_AMBIGUOUS_WIDTH` says 2.
  static let ambiguousWidth = Environment["GUARANTEE_AMBIGUOUS_WIDTH"] == "2" ? 2 : 1

  /// The longest beginning of `text` that fits `columns`.
  static func prefix(of text: String, columns: Int) -> Substring {
    var used = 0
    var end = text.startIndex
    for character in text {
      used += character.unicodeScalars.reduce(0) { $0 + of($1) }
      if used > columns { break }
      end = text.index(after: end)
    }
    return text[..<end]
  }
}
