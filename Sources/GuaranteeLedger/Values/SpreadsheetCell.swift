/// Cells of text columns as a spreadsheet has to get them: text stays text, and nothing runs.
package enum SpreadsheetCell {
  /// What spreadsheets know UTF-8 by.
  package static let byteOrderMark = "\u{FEFF}"

  /// The text, with an apostrophe before it when a spreadsheet would run it as a formula or take it for a number, a date
  /// or a truth value, such as `007`, `1E5`, `3-4`, `MAR-1` and digits that are more than it keeps; and when it begins
  /// with an apostrophe, so that taking one away gives the text again.
  package static func text(_ value: String) -> String {
    guard let first = value.unicodeScalars.first(where: { !isBlank($0) }) else { return value }
    return isTrigger(first) || value.unicodeScalars.first.map(isTrigger) ?? false || isTakenForAnother(value)
      ? "'" + value : value
  }

  /// Whether a cell has to stand in quotes, for spreadsheets of any country.
  package static func needsQuotes(_ value: String) -> Bool {
    value.utf8.contains { [0x22, 0x2C, 0x3B, 0x09, 0x0A, 0x0D].contains($0) }
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    [" ", "\u{A0}", "\u{3000}"].contains(scalar)
  }

  /// Formulas begin so, in full width too.
  private static func isTrigger(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "=", "+", "-", "@", "\t", "\r", "\n", "'", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
      "\u{FEFF}":
      true
    default: false
    }
  }

  /// Digits with nothing beside them but what numbers, dates and times are written with, or a truth value.
  private static func isTakenForAnother(_ value: String) -> Bool {
    let small = value.lowercased()
    if ["true", "false"].contains(small) { return true }
    guard small.utf8.count <= 64 || small.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
    var (hasDigit, hasDigitBefore) = (false, false)
    var word = ""
    for scalar in small.unicodeScalars {
      switch scalar {
      case "0"..."9", "\u{FF10}"..."\u{FF19}": hasDigit = true
      case "a"..."z":
        if word.isEmpty { hasDigitBefore = hasDigit }
        word.unicodeScalars.append(scalar)
        continue
      default: if !marks.contains(scalar) { return false }
      }
      if !isPartOfNumber(word, afterDigit: hasDigitBefore) { return false }
      word = ""
    }
    return hasDigit && isPartOfNumber(word, afterDigit: hasDigitBefore)
  }

  private static let marks = Set<Unicode.Scalar>(
    [" ", ".", ",", ":", "/", "-", "+", "%", "(", ")", "$", "\u{A5}", "\u{FFE5}", "\u{20AC}", "\u{A0}"]
      + "年月日时分秒上下午".unicodeScalars)

  /// Exponents and halves of the day behind digits, and months by their names.
  private static func isPartOfNumber(_ word: String, afterDigit: Bool) -> Bool {
    if word.isEmpty || afterDigit && ["e", "am", "pm", "a", "p", "t", "z"].contains(word) { return true }
    return word.count >= 3
      && [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november",
        "december",
      ].contains { $0.hasPrefix(word) || word == "sept" }
  }
}
