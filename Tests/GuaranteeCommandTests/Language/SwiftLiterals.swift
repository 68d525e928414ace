/// The string literals of Swift source, as far as this package writes them: with `{1}`, `{2}` in place of what is
/// interpolated, so that they can be looked for in the catalogue.
struct SwiftLiterals {
  private let source: [Character]
  private var place = 0
  private(set) var texts: [String] = []
  /// What stands before each of them.
  private(set) var contexts: [String] = []

  init(in source: String) {
    self.source = Array(source)
    while place < self.source.count { readNext() }
  }

  private func starts(with text: String) -> Bool {
    source[place...].starts(with: text)
  }

  private mutating func readNext() {
    if starts(with: "//") {
      place = source[place...].firstIndex(of: "\n") ?? source.count
    } else if starts(with: "\"\"\"") {
      addContext()
      place += 3
      texts.append(Self.withoutMargin(read(to: "\"\"\"")))
    } else if source[place] == "\"" {
      addContext()
      place += 1
      texts.append(read(to: "\""))
    } else {
      place += 1
    }
  }

  private mutating func addContext() {
    contexts.append(String(source[max(0, place - 90)..<place]))
  }

  /// The text up to its end, which is passed.
  private mutating func read(to end: String) -> String {
    var text = ""
    var values = 0
    while place < source.count, !starts(with: end) {
      guard source[place] == "\\" else {
        text.append(source[place])
        place += 1
        continue
      }
      let escaped = source[place + 1]
      place += 2
      switch escaped {
      case "(":
        values += 1
        text += "{\(values)}"
        skipInterpolation()
      case "\n": text += "\0"  // A line that goes on in the next.
      case "n": text += "\n"
      default: text.append(escaped)
      }
    }
    place += end.count
    return text
  }

  private mutating func skipInterpolation() {
    var depth = 1
    while depth > 0, place < source.count {
      let character = source[place]
      place += 1
      if character == "\"" { _ = read(to: "\"") }
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
    }
  }

  /// The lines of a literal of several, without the margin that its last line has, and with those joined that go on.
  private static func withoutMargin(_ text: String) -> String {
    let marked = text.split(separator: "\0", omittingEmptySubsequences: false).joined(separator: "\0\n")
    let lines = marked.split(separator: "\n", omittingEmptySubsequences: false)
    let margin = lines.last?.prefix { $0 == " " }.count ?? 0
    let body = lines.dropFirst().dropLast().map {
      $0.prefix(margin).allSatisfy { $0 == " " } ? $0.dropFirst(margin) : $0
    }
    return body.joined(separator: "\n").split(separator: "\0\n", omittingEmptySubsequences: false).joined()
  }
}
