/// A line while it is written: its text, where the cursor is, and what each key makes of them.
struct LineEditor: Equatable {
  enum Outcome: Equatable {
    case going, done, interrupted, ended, suspended
    /// What the line may become, when Tab left more than one possibility.
    case ambiguous([String])
  }

  /// What the line may be: Tab completes it to one of them, and the arrows go through them.
  private let candidates: [String]
  private var characters: [Character] = []
  private var cursor = 0
  private var chosen: Int?

  init(candidates: [String] = []) { self.candidates = candidates }

  var text: String { String(characters) }

  mutating func apply(_ key: LineKey) -> Outcome {
    switch key {
    case .character(let character): insert(character)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .home: cursor = 0
    case .end: cursor = characters.count
    case .up: choose(-1)
    case .down: choose(1)
    case .backspace: delete(from: max(0, cursor - 1), to: cursor)
    case .delete: delete(from: cursor, to: min(characters.count, cursor + 1))
    case .deleteToStart: delete(from: 0, to: cursor)
    case .deleteToEnd: delete(from: cursor, to: characters.count)
    case .deleteWord:
      let word = characters[..<cursor].reversed().drop { $0 == " " }.drop { $0 != " " }
      delete(from: word.count, to: cursor)
    case .complete: return complete()
    case .enter: return .done
    case .interrupt: return .interrupted
    case .suspend: return .suspended
    case .endOfInput: return characters.isEmpty ? .ended : .going
    }
    return .going
  }

  /// As much of the line as fits beside what stands before it, and how far in it the cursor is.
  func view(columns: Int) -> (text: String, cursor: Int) {
    var start = 0
    while start < cursor, width(of: characters[start..<cursor]) >= columns { start += 1 }
    let shown = DisplayWidth.prefix(of: String(characters[start...]), columns: columns)
    return (String(shown), width(of: characters[start..<cursor]))
  }

  private func width(of part: ArraySlice<Character>) -> Int { DisplayWidth.of(String(part)) }

  private mutating func insert(_ character: Character) {
    // What combines with the character before becomes one with it.
    let before = Array(String(characters[..<cursor]) + String(character))
    characters = before + characters[cursor...]
    cursor = before.count
    chosen = nil
  }

  private mutating func delete(from start: Int, to end: Int) {
    characters.removeSubrange(start..<end)
    cursor = start
    chosen = nil
  }

  private mutating func replace(with text: String) {
    characters = Array(text)
    cursor = characters.count
  }

  private mutating func choose(_ step: Int) {
    guard !candidates.isEmpty else { return }
    // From nowhere, down begins with the first and up with the last.
    let next = ((chosen ?? (step > 0 ? -1 : 0)) + step + candidates.count) % candidates.count
    chosen = next
    replace(with: candidates[next])
  }

  private mutating func complete() -> Outcome {
    let begun = text.lowercased()
    let fitting = candidates.filter { $0.lowercased().hasPrefix(begun) }
    guard let first = fitting.first else { return .going }
    let common = fitting.dropFirst().reduce(first) { common, other in
      String(zip(common, other).prefix { $0.lowercased() == $1.lowercased() }.map(\.0))
    }
    let isLonger = common.count > characters.count
    replace(with: common)
    return fitting.count == 1 || isLonger ? .going : .ambiguous(fitting)
  }
}
