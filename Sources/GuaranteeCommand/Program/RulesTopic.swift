/// What the rules say of one of their codes, in English as the rules have it.
struct RulesPage {
  let code: String
  let summary: String
  /// What there is to say, in parts that have a title or none.
  let sections: [Section]

  struct Section {
    let title: String
    let lines: [String]
  }

  /// The page on lines that fit a terminal, in the language that is spoken.
  var text: String {
    sections.map { section in
      let indent = section.title.isEmpty ? 0 : 2
      let margin = String(repeating: " ", count: indent)
      let lines = section.lines.map { line in
        margin
          + LineFolding.folded(
            Phrase(said: line).text, columns: Self.columns, indent: 2 * indent, start: indent
          )
          .joined(separator: "\n")
      }
      let title: [Phrase] = section.title.isEmpty ? [] : ["\(Phrase(pattern: section.title, values: [])):"]
      return (title.map(\.text) + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  private static let columns = 80
}

/// What is asked about by `guarantee help refusal CODE` and `guarantee help event NAME`.
struct RulesTopic {
  private let name: String
  private let pages: [RulesPage]
  /// The codes asked about; none asks for the list.
  private let codes: [String]

  /// `nil` when the words behind `help` don't begin with a topic that the rules have.
  init?(_ words: some Sequence<String>) {
    var words = Array(words)[...]
    guard let name = words.popFirst() else { return nil }
    switch name {
    case "refusal", "refusals": pages = GeneratedPages.refusals
    // `guarantee event reverse` is a command, and so is its help.
    case "events": pages = GeneratedPages.events
    case "event" where words.first != "reverse" || words.count > 1: pages = GeneratedPages.events
    default: return nil
    }
    self.name = name.hasSuffix("s") ? String(name.dropLast()) : name
    codes = words.filter { !$0.hasPrefix("-") }
  }

  /// Prints the pages, or the list of all of them.
  ///
  /// - Returns: the exit code.
  func print() throws -> Int32 {
    let sink = ByteSink.pages()
    try sink.write(codes.isEmpty ? list : codes.map { try text(of: $0) }.joined(separator: "\n\n\n"))
    try sink.write("\n")
    try sink.flush()
    return 0
  }

  private func text(of code: String) throws -> String {
    if let page = pages.first(where: { $0.code == code }) { return page.text }
    let near = nearest(to: code)
    throw Failure(
      .usage,
      "The rules have no \(Phrase(pattern: name, values: [])) '\(code)'.\(Nearest.question(near)) 'guarantee help \(name)' lists them all."
    )
  }

  /// The codes that were probably meant: those written much alike, else those with the word in them, else events that
  /// are described so.
  private func nearest(to code: String) -> [String] {
    let word = String(code.lowercased().map { "- ".contains($0) ? "_" : $0 })
    let codes = pages.map(\.code)
    let near = Nearest.names(to: word, among: codes)
    if !near.isEmpty { return near }
    let having = codes.filter { "_\($0)_".contains("_\(word)_") }
    if !having.isEmpty { return Array(having.prefix(2)) }
    return name == "event" ? EventSearch.events(for: code).prefix(2).map(\.code) : []
  }

  private var list: String {
    let width = pages.map { DisplayWidth.of($0.code) }.max() ?? 0
    let lines = pages.map { page in
      page.code + String(repeating: " ", count: width - DisplayWidth.of(page.code)) + "  "
        + Phrase(said: page.summary).text
    }
    let more: Phrase = "guarantee help \(name) \(pages.first?.code ?? "") tells more of one."
    return (lines + ["", more.text]).joined(separator: "\n")
  }
}
