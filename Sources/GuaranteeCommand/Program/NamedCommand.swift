import ArgumentParser

/// The command that arguments name.
///
/// Options that say where the ledger is and how to print may stand anywhere before the command's own words,
/// as people type them; they are taken for options of the command.
struct NamedCommand {
  /// The words that call the command; empty for the program itself.
  private(set) var path: [String] = []
  private(set) var type: any ParsableCommand.Type
  /// What stands behind the words.
  private(set) var rest: ArraySlice<String>
  private var movedOptions: [String] = []

  /// The options that are moved, and whether a value follows them.
  private static let movable = [
    "--database": true, "--data-dir": true, "--profile": true, "--output": true, "-O": true, "--excel": false,
  ]

  init(in arguments: [String], below root: any ParsableCommand.Type) {
    type = root
    rest = arguments[...]
    while let word = rest.first {
      if let next = type.configuration.subcommands.first(where: { Self.name($0) == word }) {
        path.append(word)
        type = next
        rest.removeFirst()
      } else if !isWhole, Self.isMovable(word) {
        let isFollowedByValue = Self.movable[word] == true && rest.count > 1
        movedOptions += rest.prefix(isFollowedByValue ? 2 : 1)
        rest.removeFirst(isFollowedByValue ? 2 : 1)
      } else if let usual = type.configuration.defaultSubcommand, !word.hasPrefix("-") {
        path.append(Self.name(usual))
        type = usual
      } else {
        break
      }
    }
  }

  /// The arguments as the parser takes them: the command first. A group of commands only prints its help, which
  /// takes no such options, also one that has a usual command, when nothing is said.
  var arguments: [String] {
    if rest.isEmpty, type.configuration.defaultSubcommand != nil { return path + ["--help"] }
    return path + (isWhole ? movedOptions : []) + rest
  }

  /// Whether the words name a command that does something, and no group of commands.
  var isWhole: Bool { type.configuration.subcommands.isEmpty }

  /// The words of a command that come later, behind options that can't stand before them.
  var laterPath: [String] {
    var path = path
    var type = type
    for word in rest {
      guard let next = type.configuration.subcommands.first(where: { Self.name($0) == word }) else {
        continue
      }
      path.append(word)
      type = next
    }
    return path
  }

  static func name(_ command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? ""
  }

  private static func isMovable(_ word: String) -> Bool {
    if movable[word] != nil { return true }
    if word.hasPrefix("--") { return movable[String(word.prefix { $0 != "=" })] == true }
    return word.hasPrefix("-O")
  }
}
