/// The string literals of Swift source, as far as this package writes them: with `{1}`, `{2}` in place of what is
/// interpolated, so that they can be looked for in the catalogue.
struct SwiftLiterals {
  struct Literal {
    let text: String
    /// What stands before it.
    let context: String
  }

  private let source: [UInt8]
  private var place = 0
  private(set) var all: [Literal] = []

  init(in source: String) {
    self.source = Array(source.utf8)
    while place < self.source.count { readNext() }
  }

  private func starts(with text: StaticString) -> Bool {
    source.count - place >= text.utf8CodeUnitCount
      && (0..<text.utf8CodeUnitCount).allSatisfy { source[place + $0] == text.utf8Start[$0] }
  }

  private mutating func readNext() {
    switch source[place] {
    case UInt8(ascii: "/") where starts(with: "//"):
      place = source[place...].firstIndex(of: UInt8(ascii: "\n")) ?? source.count
    case UInt8(ascii: "\""):
      let context = String(decoding: source[max(0, place - 90)..<place], as: UTF8.self)
      let isLong = starts(with: "\"\"\"")
      place += isLong ? 3 : 1
      let text = read(to: isLong ? "\"\"\"" : "\"")
      all.append(Literal(text: isLong ? Self.withoutMargin(text) : text, context: context))
    default: place += 1
    }
  }

  /// The text up to its end, which is passed.
  private mutating func read(to end: StaticString) -> String {
    var text: [UInt8] = []
    var values = 0
    while place < source.count, !starts(with: end) {
      guard source[place] == UInt8(ascii: "\\") else {
        text.append(source[place])
        place += 1
        continue
      }
      let escaped = source[place + 1]
      place += 2
      switch escaped {
      case UInt8(ascii: "("):
        values += 1
        text += "{\(values)}".utf8
        skipInterpolation()
      case UInt8(ascii: "\n"): text.append(0)  // A line that goes on in the next.
      case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
      default: text.append(escaped)
      }
    }
    place += end.utf8CodeUnitCount
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func skipInterpolation() {
    var depth = 1
    while depth > 0, place < source.count {
      let byte = source[place]
      place += 1
      if byte == UInt8(ascii: "\"") { _ = read(to: "\"") }
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
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
