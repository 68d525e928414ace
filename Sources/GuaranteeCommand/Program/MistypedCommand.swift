import ArgumentParser

/// A word where a command was expected that is none, with what may have been meant.
struct MistypedCommand: Error, Equatable {
  /// The commands before the word.
  let path: [String]
  let word: String
  /// The nearest commands, nearest first; may be empty.
  let suggestions: [String]

  var message: Phrase {
    let question = Nearest.question(suggestions)
    if path.isEmpty { return "There is no command '\(word)'.\(question)" }
    return "There is no command '\(word)' of '\(path.joined(separator: " "))'.\(question)"
  }

  /// The first word that should be a command and is none.
  static func find(in arguments: [String], below root: any ParsableCommand.Type) -> MistypedCommand? {
    let named = NamedCommand(in: arguments, below: root)
    let names = named.type.configuration.subcommands.map(NamedCommand.name)
    guard !names.isEmpty, let word = named.rest.first, !word.hasPrefix("-") else {
      return nil
    }
    return MistypedCommand(path: named.path, word: word, suggestions: Nearest.names(to: word, among: names))
  }
}
