/// The help that the parser of the command line writes, in another language: its own words, the commands' and the
/// rules', each found in the catalogue by its English.
struct TranslatedHelp {
  /// So wide that the parser breaks no line.
  static let parserColumns = 10_000

  private let columns: Int
  private let catalogue: Catalogue
  private var lines: [String] = []
  /// What the help is about, if that is a noun whose commands are its events.
  private var noun: String?

  /// - Parameters:
  ///   - help: The help as `HelpText.arranged` gives it, of lines that the parser did not break.
  ///   - columns: How wide a line may be.
  static func text(_ help: String, columns: Int, catalogue: Catalogue = .chinese) -> String {
    var translated = TranslatedHelp(columns: columns, catalogue: catalogue)
    translated.noun = help.firstMatch(of: /USAGE: guarantee ([a-z-]+) <command>/).flatMap {
      catalogue.name(of: String($0.output.1), among: ["noun"])
    }
    for line in HelpLine.lines(of: help) { translated.add(line) }
    return translated.lines.joined(separator: "\n")
  }

  private init(columns: Int, catalogue: Catalogue) {
    self.columns = columns
    self.catalogue = catalogue
  }

  private mutating func add(_ line: HelpLine) {
    switch line {
    case .overview(let text):
      addFolded(heading("OVERVIEW") + (noun.map { "\($0)：" } ?? "") + Self.said(text))
    case .usage(let text): addUsage(text)
    case .heading(let name): lines.append(heading(name))
    case .item(let label, let text): addItem(label, text)
    case .reference(let text): addFolded("  " + Self.said(text), indent: 2)
    case .typed(let text): lines.append(text)
    case .text(let text): addFolded(Self.said(text))
    }
  }

  private mutating func addFolded(_ text: String, indent: Int = 0, start: Int = 0) {
    lines += LineFolding.folded(text, columns: columns, indent: indent, start: start)
  }

  // MARK: Pieces

  private func heading(_ name: String) -> String {
    (catalogue.name(of: name, among: ["heading"]) ?? name) + "："
  }

  private mutating func addUsage(_ usage: String) {
    let start = heading("USAGE")
    let indent = DisplayWidth.of(start)
    var line = start
    for (index, word) in usage.split(separator: " ").map({ values(in: String($0)) }).enumerated() {
      let isOption = word.hasPrefix("-") || word.hasPrefix("[")
      if isOption, DisplayWidth.of(line) + DisplayWidth.of(word) + 1 > columns - 12 {
        lines.append(line)
        line = String(repeating: " ", count: indent) + word
      } else {
        line += (index == 0 ? "" : " ") + word
      }
    }
    lines.append(line)
  }

  /// An option, an argument or a command, and what it is.
  private mutating func addItem(_ name: String, _ text: String) {
    let shown = "  " + values(in: name).replacing(" (default)", with: "（默认）")
    let meaning = Self.meaning(of: name, text)
    let width = DisplayWidth.of(shown)
    let margin = String(repeating: " ", count: max(0, HelpLine.labelColumns - width))
    let folded = LineFolding.folded(
      meaning, columns: columns, indent: HelpLine.labelColumns, start: HelpLine.labelColumns)
    if meaning.isEmpty {
      lines.append(shown)
    } else if width < HelpLine.labelColumns {
      lines.append(shown + margin + folded[0])
      lines += folded.dropFirst()
    } else {
      lines += [shown, String(repeating: " ", count: HelpLine.labelColumns) + folded[0]] + folded.dropFirst()
    }
  }

  /// A noun is said before its verbs; any other text has its own translation, and behind it the values it takes.
  static func meaning(of name: String, _ text: String, _ catalogue: Catalogue = .chinese) -> String {
    if Language.current == .english { return text }
    if catalogue[text] == nil, let noun = catalogue.name(of: name, among: ["noun"]) {
      return "\(noun)：\(text)"
    }
    guard catalogue[text] == nil, text.hasSuffix(")"), let start = text.lastRange(of: " (") else {
      return Self.said(text)
    }
    let values = text[start.upperBound...].dropLast().split(separator: ";").map { part in
      let part = part.trimmingSpaces
      if part.hasPrefix("values: ") { return "可用值：" + part.dropFirst("values: ".count) }
      if part.hasPrefix("default: ") { return "默认：" + part.dropFirst("default: ".count) }
      return part
    }
    return Self.said(String(text[..<start.lowerBound])) + "（\(values.joined(separator: "；"))）"
  }

  /// The names of values, as in `--office <office>`.
  private func values(in text: String) -> String { Self.values(in: text, catalogue) }

  /// The same for what is said of a call.
  static func values(in text: String, _ catalogue: Catalogue = .chinese) -> String {
    if Language.current == .english { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
      let name = String(rest[rest.index(after: start)..<end])
      result += rest[..<start] + "<" + (catalogue.name(of: name, among: ["value"]) ?? name) + ">"
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  /// A line of text; one that shows a command keeps that as it is to be typed.
  static func said(_ text: String) -> String {
    let example = "Example: "
    if text.hasPrefix(example) { return Phrase("Example:").text + text.dropFirst(example.count) }
    return Phrase(said: text).text
  }
}

extension String {
  /// Where a text stands last.
  fileprivate func lastRange(of text: String) -> Range<String.Index>? {
    ranges(of: text).last
  }
}
