/// One of the things that an answer may be.
struct AnswerChoice: Equatable {
  /// What is meant.
  let value: String
  /// What stands in the list.
  let label: String
  /// What tells it from others; may be empty.
  let meaning: String
  /// What people call it besides its value.
  let names: [String]

  init(_ value: String, label: String? = nil, meaning: String = "", names: [String] = []) {
    self.value = value
    self.label = label ?? value
    self.meaning = meaning
    self.names = names
  }
}

/// What somebody means by an answer.
enum Answer {
  /// The values that were meant by number, code or name, several of them with spaces or commas between; the text itself
  /// when it is none of them.
  ///
  /// - Parameter shown: The choices that have numbers, from 1.
  static func meant(by text: String, shown: [AnswerChoice], among choices: [AnswerChoice]) -> String {
    if let value = one(text, shown, choices) { return value }
    let parts = text.split { " ,，、;；".contains($0) }.map(String.init)
    let values = parts.compactMap { one($0, shown, choices) }
    return parts.count > 1 && values.count == parts.count ? values.joined(separator: " ") : text
  }

  /// A code that is itself a number goes before the number of a choice.
  private static func one(_ text: String, _ shown: [AnswerChoice], _ choices: [AnswerChoice]) -> String? {
    if choices.contains(where: { $0.value == text }) { return text }
    let narrow = narrowed(text)
    if let number = Int(narrow) {
      return shown.indices.contains(number - 1) ? shown[number - 1].value : nil
    }
    let word = narrow.lowercased()
    let named = choices.filter {
      $0.value.lowercased() == word || $0.names.contains { $0.lowercased() == word }
    }
    return named.count == 1 ? named[0].value : nil
  }

  /// The choices in whose code or name the text occurs.
  static func matching(_ text: String, _ choices: [AnswerChoice]) -> [AnswerChoice] {
    let word = narrowed(text).lowercased()
    guard !word.isEmpty else { return [] }
    return choices.filter { choice in
      ([choice.value, choice.meaning] + choice.names).contains { $0.lowercased().contains(word) }
    }
  }

  /// What a value may have been meant as, in the way that people write dates and amounts: whoever knows what the field
  /// takes chooses.
  static func readings(of text: String, today: String) -> [String] {
    let narrow = narrowed(text)
    return ([narrow] + [date(narrow, today: today), amount(narrow)].compactMap { $0 }).filter { $0 != text }
  }

  /// Full-width letters, digits and marks, as Chinese input gives them, as those of ASCII.
  private static func narrowed(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      result.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
    }
    return String(result)
  }

  /// `2025/1/6`, `2025.1.6`, `20250106` and `2025年1月6日` as `2025-01-06`.
  private static func date(_ text: String, today: String) -> String? {
    if ["today", "今天", "今日"].contains(text.lowercased()) { return today }
    var parts = text.split { "-/.年月日 ".contains($0) }.map(String.init)
    if parts.count == 1, text.count == 8 {
      parts = [String(text.prefix(4)), String(text.dropFirst(4).prefix(2)), String(text.suffix(2))]
    }
    let isWritten =
      parts.count == 3 && parts[0].count == 4 && parts.allSatisfy { $0.count <= 4 && isDigits($0) }
    guard isWritten else { return nil }
    return ([parts[0]] + parts.dropFirst().map { $0.count < 2 ? "0" + $0 : $0 }).joined(separator: "-")
  }

  /// `1,200,000.00`, `¥1200000` and `120万元` as plain decimals.
  private static func amount(_ text: String) -> String? {
    var digits = text.filter { $0 != " " }
    if let first = digits.first, "¥￥".contains(first) { digits.removeFirst() }
    if digits.last == "元" { digits.removeLast() }
    let isInTenThousands = digits.last == "万"
    if isInTenThousands { digits.removeLast() }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let isGrouped =
      groups.count > 1 && groups[0].count <= 3 && groups.dropFirst().allSatisfy { $0.count == 3 }
    guard parts.count <= 2, groups.count == 1 || isGrouped, groups.allSatisfy(isDigits) else { return nil }
    let decimals = parts.count == 2 ? parts[1] : ""
    guard parts.count == 1 || isDigits(decimals) else { return nil }
    if !isInTenThousands { return groups.joined() + (parts.count == 2 ? "." + decimals : "") }
    let moved = decimals + String(repeating: "0", count: max(0, 4 - decimals.count))
    let rest = moved.dropFirst(4)
    let whole = (groups.joined() + moved.prefix(4)).drop { $0 == "0" }
    return (whole.isEmpty ? "0" : whole) + (rest.isEmpty ? "" : "." + rest)
  }

  private static func isDigits(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
  }
}
