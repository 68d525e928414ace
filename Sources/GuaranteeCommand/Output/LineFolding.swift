/// Text on lines that fit a terminal, Chinese included: a line may be broken at a space, and between Chinese
/// characters unless a mark would then begin or end a line that can't.
enum LineFolding {
  /// - Parameters:
  ///   - indent: How far in the lines after the first begin.
  ///   - start: How far in the first line begins; that margin is left to the caller.
  ///   - breakingWords: Whether names may be broken behind `_` and `:`, and what is longer than a line anywhere; else it
  ///     sticks out.
  static func folded(
    _ text: String, columns: Int, indent: Int = 0, start: Int = 0, breakingWords: Bool = false
  ) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = start
    func end() {
      lines.append(line)
      (line, used) = ("", indent)
    }
    for piece in pieces(of: text, partingNames: breakingWords) {
      let needed = width(of: piece[...])
      if used + needed > columns, !line.isEmpty || lines.isEmpty && start > indent { end() }
      var rest = piece[...]
      while breakingWords, width(of: rest) > columns - used, columns - used > 1 {
        let part = beginning(of: rest, columns: columns - used)
        line += part
        rest = rest.dropFirst(part.count)
        if !rest.isEmpty { end() }
      }
      line += rest
      used += DisplayWidth.of(String(rest))
    }
    lines.append(line)
    let margin = String(repeating: " ", count: indent)
    return lines.enumerated().map { index, line in (index == 0 ? "" : margin) + line.trimmingLastSpaces }
  }

  /// The width of the longest piece of a text that stays together when names are parted.
  static func longestPiece(of text: String) -> Int {
    pieces(of: text, partingNames: true).map { width(of: $0[...]) }.max() ?? 0
  }

  /// What a piece takes in a line: a space that ends it takes no room.
  private static func width(of piece: Substring) -> Int {
    DisplayWidth.of(String(piece)) - (piece.hasSuffix(" ") ? 1 : 0)
  }

  /// As much of a word as fits, up to a mark that joins its parts if there is one.
  private static func beginning(of word: Substring, columns: Int) -> Substring {
    let fitting = DisplayWidth.prefix(of: String(word), columns: columns)
    let count = max(1, fitting.count)
    let part = word.prefix(count)
    guard count < word.count, let joint = part.lastIndex(where: { "-/".contains($0) }) else { return part }
    return part[...joint]
  }

  /// What must stay together.
  static func pieces(of text: String, partingNames: Bool = false) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var before: Character?
    for character in text {
      if let last = before,
        mayBreak(between: last, and: character) || partingNames && "_:".contains(last) && character != " "
      {
        pieces.append(piece)
        piece = ""
      }
      piece.append(character)
      before = character
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }

  private static func mayBreak(between left: Character, and right: Character) -> Bool {
    if left == " " { return right != " " }
    if right == " " { return false }
    guard isWide(left) || isWide(right) else { return false }
    return !neverFirst.contains(right) && !neverLast.contains(left)
  }

  /// A Chinese character or mark, of which some marks take one column in most terminals.
  private static func isWide(_ character: Character) -> Bool {
    character.unicodeScalars.first.map { DisplayWidth.of($0) == 2 } == true || "“”…—".contains(character)
  }

  private static let neverFirst: Set<Character> = [
    "，", "。", "、", "；", "：", "？", "！", "）", "”", "》", ",", ".", ";", ":", "?", "!", ")", "]", ">", "'",
    "…", "%",
  ]
  private static let neverLast: Set<Character> = ["（", "“", "《", "(", "[", "<"]
}

extension String {
  /// Without spaces at its end.
  fileprivate var trimmingLastSpaces: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
