/// The parser's help arranged for people: a command's own options first, those of every command last.
enum HelpText {
  /// The headings of the options that every command has.
  private static let sharedHeadings = ["LEDGER:", "OUTPUT:"]
  private static let usageHeading = "USAGE: "
  static let lineWidth = 80

  /// The help in the language that is spoken.
  ///
  /// - Parameters:
  ///   - columns: How wide the lines of another language than English may be.
  ///   - help: The parser's help on lines of so many columns; `nil` for those of the terminal.
  static func shown(columns: Int = Terminal.columns ?? lineWidth, _ help: (_ columns: Int?) -> String)
    -> String
  {
    if Language.current == .english { return arranged(help(nil)) }
    let unfolded = help(TranslatedHelp.parserColumns)
    // A version or a script for a shell is no help.
    guard unfolded.hasPrefix("OVERVIEW:") else { return TranslatedCompletions.text(unfolded) }
    return TranslatedHelp.text(arranged(unfolded), columns: columns)
  }

  /// Moves the shared sections behind the others, folds the usage, calls commands commands, and says
  /// `--version` where it belongs: at the root. Without a line break at the end.
  static func arranged(_ help: String) -> String {
    let sections = help.split(separator: "\n\n", omittingEmptySubsequences: false).map(String.init)
    let isRoot = sections.contains { $0.hasPrefix(usageHeading + "guarantee <") }
    let isShared = { (section: String) in sharedHeadings.contains { section.hasPrefix($0) } }
    let own = sections.filter { !isShared($0) }.map { section in
      let section = section.hasPrefix(usageHeading) ? folded(section) : section
      return withCommandsNamed(isRoot ? section : withoutVersion(section))
    }
    return (own + sections.filter(isShared)).map { $0.trimmingNewlines }.joined(separator: "\n\n")
  }

  private static func withoutVersion(_ section: String) -> String {
    section.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("  --version ") }.joined(separator: "\n")
  }

  /// What can be called is a command to whoever calls it, also inside another one.
  private static func withCommandsNamed(_ section: String) -> String {
    section.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line == "SUBCOMMANDS:" { return "COMMANDS:" }
      if line.hasSuffix(" SUBCOMMANDS:") { return line.dropLast(" SUBCOMMANDS:".count) + ":" }
      return line.split(separator: "<subcommand>", omittingEmptySubsequences: false).joined(
        separator: "<command>")
    }.joined(separator: "\n")
  }

  /// The usage on lines that fit a terminal, broken in front of an option.
  private static func folded(_ usage: String) -> String {
    var lines = [""]
    for word in usage.split(separator: " ") {
      let isFull = lines[lines.count - 1].count + word.count + 1 > lineWidth - 12
      if isFull, word.hasPrefix("-") || word.hasPrefix("[") {
        lines.append(String(repeating: " ", count: usageHeading.count))
      }
      let isFirst = lines[lines.count - 1].allSatisfy { $0 == " " }
      lines[lines.count - 1] += (isFirst ? "" : " ") + word
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  /// Without line breaks at its end.
  fileprivate var trimmingNewlines: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
