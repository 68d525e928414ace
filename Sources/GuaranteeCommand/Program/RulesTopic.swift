/// What the rules say of one of their codes.
struct RulesPage {
  let code: String
  let summary: String
  let text: String
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
    case "refusal": pages = GeneratedPages.refusals
    // `guarantee event reverse` is a command, and so is its help.
    case "event" where words.first != "reverse" || words.count > 1: pages = GeneratedPages.events
    default: return nil
    }
    self.name = name
    codes = words.filter { !$0.hasPrefix("-") }
  }

  /// Prints the pages, or the list of all of them.
  ///
  /// - Returns: the exit code.
  func print() throws -> Int32 {
    let sink = ByteSink.standardOutput()
    try sink.write(codes.isEmpty ? list : codes.map { try text(of: $0) }.joined(separator: "\n\n\n"))
    try sink.write("\n")
    try sink.flush()
    return 0
  }

  private func text(of code: String) throws -> String {
    if let page = pages.first(where: { $0.code == code }) { return page.text }
    let near = Nearest.names(to: code, among: pages.map(\.code))
    throw Failure(
      .usage,
      "The rules have no \(name) '\(code)'.\(Nearest.question(near)) 'guarantee help \(name)' lists them all."
    )
  }

  private var list: String {
    let width = pages.map { DisplayWidth.of($0.code) }.max() ?? 0
    let lines = pages.map { page in
      page.code + String(repeating: " ", count: width - DisplayWidth.of(page.code)) + "  " + page.summary
    }
    return (lines + ["", "guarantee help \(name) \(pages.first?.code ?? "") tells more of one."]).joined(
      separator: "\n")
  }
}
