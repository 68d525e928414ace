/// The help that the parser of the command line writes, in another language: its own words, the commands' and the
/// rules', each found in the catalogue by its English.
struct TranslatedHelp {
  /// Where the texts behind options and commands begin.
  private static let labelColumns = 26
  /// So wide that the parser breaks no line.
  static let parserColumns = 10_000

  private let columns: Int
  private let catalogue: Catalogue
  private var lines: [String] = []
  /// Whether what comes is a list of options, arguments or commands.
  private var isInList = false
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
    var rest = help.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let line = rest.popFirst() { translated.add(String(line), &rest) }
    return translated.lines.joined(separator: "\n")
  }

  private init(columns: Int, catalogue: Catalogue) {
    self.columns = columns
    self.catalogue = catalogue
  }

  private mutating func add(_ line: String, _ rest: inout ArraySlice<Substring>) {
    if line.hasPrefix("OVERVIEW: ") {
      let overview = Self.said(String(line.dropFirst("OVERVIEW: ".count)))
      addFolded(heading("OVERVIEW") + (noun.map { "\($0)：" } ?? "") + overview)
    } else if line.hasPrefix("USAGE: ") {
      var usage = line
      while let next = rest.first, next.hasPrefix("       ") {
        usage += " " + rest.removeFirst().trimmingSpaces
      }
      addUsage(usage.dropFirst("USAGE: ".count))
    } else if let name = Self.heading(in: line) {
      isInList = true
      lines.append(heading(name))
    } else if isInList, line.hasPrefix("  "), !line.hasPrefix("  See ") {
      addItem(line, &rest)
    } else if line.hasPrefix("  See ") {
      addFolded("  " + Self.said(line.trimmingSpaces), indent: 2)
    } else if line.hasPrefix("  ") {
      // A command to type, or what it reads.
      lines.append(line)
    } else {
      addFolded(Self.said(line))
    }
  }

  private mutating func addFolded(_ text: String, indent: Int = 0, start: Int = 0) {
    lines += LineFolding.folded(text, columns: columns, indent: indent, start: start)
  }

  // MARK: Pieces

  /// `OPTIONS` of `OPTIONS:`.
  private static func heading(in line: String) -> String? {
    guard line.hasSuffix(":"), line.dropLast().allSatisfy({ $0.isUppercase || $0 == " " }) else { return nil }
    return String(line.dropLast())
  }

  private func heading(_ name: String) -> String {
    (catalogue.name(of: name, among: ["heading"]) ?? name) + "："
  }

  private mutating func addUsage(_ usage: Substring) {
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
  private mutating func addItem(_ line: String, _ rest: inout ArraySlice<Substring>) {
    let label = line.prefix(Self.labelColumns)
    let isShort = line.count > label.count && label.last == " "
    let name = isShort ? label.trimmingSpaces : line.trimmingSpaces
    var text = isShort ? String(line.dropFirst(Self.labelColumns)) : ""
    if !isShort, let next = rest.first, next.hasPrefix(String(repeating: " ", count: Self.labelColumns)) {
      text = rest.removeFirst().trimmingSpaces
    }
    let shown = "  " + values(in: name).replacing(" (default)", with: "（默认）")
    let meaning = Self.meaning(of: name, text)
    let width = DisplayWidth.of(shown)
    let margin = String(repeating: " ", count: max(0, Self.labelColumns - width))
    let folded = LineFolding.folded(
      meaning, columns: columns, indent: Self.labelColumns, start: Self.labelColumns)
    if meaning.isEmpty {
      lines.append(shown)
    } else if width < Self.labelColumns {
      lines.append(shown + margin + folded[0])
      lines += folded.dropFirst()
    } else {
      lines += [shown, String(repeating: " ", count: Self.labelColumns) + folded[0]] + folded.dropFirst()
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
