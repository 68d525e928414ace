import GuaranteeLedger

/// The command that goes on where a page ended.
struct NextPage {
  /// The words of the command that printed the page.
  let words: [String]
  /// Where it ended.
  let place: String

  /// As it is typed into a shell.
  var command: String {
    var kept: [String] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      switch word {
      case "--after": _ = rest.popFirst()
      case _ where word.hasPrefix("--after="): continue
      default: kept.append(word)
      }
    }
    // A value that begins with a dash would be taken for an option.
    kept += place.hasPrefix("-") ? ["--after=" + place] : ["--after", place]
    return (["guarantee"] + kept).map(ShellWord.quoted).joined(separator: " ")
  }
}
