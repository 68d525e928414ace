/// The parser's help arranged for people: a command's own options first, those of every command last.
enum HelpText {
  /// The headings of the options that every command has.
  private static let sharedHeadings = ["LEDGER:", "OUTPUT:"]

  /// Moves the shared sections behind the others, without a line break at the end, and says `--version` where it belongs: at the root.
  static func arranged(_ help: String) -> String {
    let sections = help.split(separator: "\n\n", omittingEmptySubsequences: false).map(String.init)
    let isShared = { (section: String) in sharedHeadings.contains { section.hasPrefix($0) } }
    guard let firstShared = sections.firstIndex(where: isShared) else { return help.trimmingNewlines }
    let own = sections[firstShared...].filter { !isShared($0) }.map(withoutVersion)
    let moved = sections[..<firstShared] + own + sections.filter(isShared)
    return moved.map { $0.trimmingNewlines }.joined(separator: "\n\n")
  }

  private static func withoutVersion(_ section: String) -> String {
    section.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("  --version ") }.joined(separator: "\n")
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
