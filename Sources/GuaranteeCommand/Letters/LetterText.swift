import GuaranteeLedger

/// Days and sums as letters write them in the language that is spoken.
enum LetterText {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]

  /// `2025-02-12` as `12 February 2025` or `2025年2月12日`.
  static func date(_ text: String) -> String {
    guard let date = LedgerDate(text) else { return text }
    return switch Language.current {
    case .english: "\(date.day) \(months[date.month - 1]) \(date.year)"
    case .chinese: "\(date.year)年\(date.month)月\(date.day)日"
    }
  }

  private static let digits = Array("零壹贰叁肆伍陆柒捌玖")

  /// An amount in the characters that nobody can alter, such as `壹佰贰拾万元整`; `nil` for one that has too many
  /// digits or decimals for them.
  ///
  /// - Parameter amount: A decimal number with two decimals or none.
  static func amountInWords(_ amount: String) -> String? {
    let parts = amount.split(separator: ".", omittingEmptySubsequences: false)
    let decimals = parts.count > 1 ? Array(parts[1]).compactMap(\.wholeNumberValue) : [0, 0]
    let whole = parts[0].compactMap(\.wholeNumberValue)
    guard parts.count <= 2, decimals.count == 2, whole.count == parts[0].count, (1...16).contains(whole.count)
    else { return nil }
    let yuan = wholeInWords(whole)
    var words = yuan.isEmpty ? "" : yuan + "元"
    if decimals == [0, 0] { return (words.isEmpty ? "零元" : words) + "整" }
    if decimals[0] > 0 {
      words += "\(digits[decimals[0]])角"
    } else if !words.isEmpty {
      words += "零"
    }
    return words + (decimals[1] > 0 ? "\(digits[decimals[1]])分" : "整")
  }

  /// Four digits at a time, from the highest; a gap between digits is one 零.
  private static func wholeInWords(_ whole: [Int]) -> String {
    var words = ""
    var hasGap = false
    var groupHasDigit = false
    for (index, digit) in whole.enumerated() {
      let place = whole.count - 1 - index
      if digit == 0 {
        hasGap = true
      } else {
        if hasGap, !words.isEmpty { words += "零" }
        words += "\(digits[digit])" + ["", "拾", "佰", "仟"][place % 4]
        hasGap = false
        groupHasDigit = true
      }
      if place % 4 == 0 {
        if groupHasDigit { words += ["", "万", "亿", "万亿"][place / 4] }
        // 零 before the next group stands for its own gap, or for this one's.
        groupHasDigit = false
      }
    }
    return words
  }
}
