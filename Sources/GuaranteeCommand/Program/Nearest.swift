/// The names that a mistyped word may have meant.
enum Nearest {
  /// The nearest names first, at most two; none when the word is near to none.
  static func names(to word: String, among names: [String]) -> [String] {
    let word = word.lowercased()
    let near = Set(names).map { name in
      let lowercased = name.lowercased()
      return (name, lowercased.hasPrefix(word) && word.count > 1 ? 0 : distance(lowercased, word))
    }
    .filter { $0.1 <= max(1, word.count / 3) }
    .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    return near.prefix(2).map { $0.0 }
  }

  /// ` Did you mean 'this' or 'that'?`, or nothing.
  static func question(_ suggestions: [String]) -> Phrase {
    guard let first = suggestions.first else { return "" }
    return suggestions.count == 1
      ? " Did you mean '\(first)'?" : " Did you mean '\(first)' or '\(suggestions[1])'?"
  }

  /// How many letters must be typed, dropped, changed or swapped with their neighbour.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    var before: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let change = last[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(change, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      before = last
      last = current
    }
    return last[right.count]
  }
}
