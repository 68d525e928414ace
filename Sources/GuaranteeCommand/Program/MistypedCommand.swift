import ArgumentParser

/// A word where a command was expected that is none, with what may have been meant.
struct MistypedCommand: Equatable {
  /// The commands before the word.
  let path: [String]
  let word: String
  /// The nearest commands, nearest first; may be empty.
  let suggestions: [String]

  var message: String {
    let group = path.isEmpty ? "" : " of '\(path.joined(separator: " "))'"
    let hint = suggestions.isEmpty ? "" : " Did you mean '\(suggestions.joined(separator: "' or '"))'?"
    return "There is no command '\(word)'\(group).\(hint)"
  }

  /// The first word that should be a command and is none.
  static func find(in arguments: [String], below root: any ParsableCommand.Type) -> MistypedCommand? {
    let (path, command, rest) = descend(arguments, root)
    let names = command.configuration.subcommands.map(name)
    guard !names.isEmpty, let word = rest.first, !word.hasPrefix("-"), word != "help" else { return nil }
    let near = names.map { ($0, distance($0, word)) }.filter { $0.1 <= max(1, word.count / 3) }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    return MistypedCommand(path: path, word: word, suggestions: near.prefix(2).map { $0.0 })
  }

  /// The commands that the arguments name, from the root down.
  static func path(in arguments: [String], below root: any ParsableCommand.Type) -> [String] {
    descend(arguments, root).path
  }

  private static func descend(
    _ arguments: [String], _ root: any ParsableCommand.Type
  ) -> (path: [String], command: any ParsableCommand.Type, rest: ArraySlice<String>) {
    var path: [String] = []
    var command = root
    var rest = arguments[...]
    while let word = rest.first,
      let next = command.configuration.subcommands.first(where: { name($0) == word })
    {
      path.append(word)
      command = next
      rest = rest.dropFirst()
    }
    return (path, command, rest)
  }

  private static func name(_ command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? ""
  }

  /// How many letters must be typed, dropped, changed or swapped with their neighbour.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    var before: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let change = last[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(change, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      before = last
      last = current
    }
    return last[right.count]
  }
}
