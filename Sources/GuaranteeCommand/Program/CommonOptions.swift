/// The options about how the program speaks, which may stand anywhere among the words.
struct CommonOptions {
  /// The words without them.
  private(set) var words: [String] = []
  /// What `--lang` says; `nil` when it isn't there.
  private(set) var language: String?
  /// Whether long output may be shown page by page.
  private(set) var isPaged = true

  init(_ arguments: [String]) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--":
        words += [word] + rest
        return
      case "--lang" where !rest.isEmpty: language = rest.removeFirst()
      case "--no-pager": isPaged = false
      case _ where word.hasPrefix("--lang="): language = String(word.dropFirst("--lang=".count))
      default: words.append(word)
      }
    }
  }
}
