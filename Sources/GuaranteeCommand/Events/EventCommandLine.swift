import ArgumentParser

/// The command line that records an event of which some fields are known.
enum EventCommandLine {
  /// What to type; what has to be filled in is in capitals. `nil` when there is no such event.
  ///
  /// - Parameter known: Fields by their names; those that the event doesn't have count for nothing.
  static func text(for event: String, _ known: [String: String?]) -> String? {
    guard let command = EventSearch.command(for: event), let noun = EventSearch.noun(of: event) else {
      return nil
    }
    let words = command.flags.compactMap { flag -> String? in
      if let value = known[flag.field] ?? nil, !value.isEmpty {
        return "--\(flag.flag) \(ShellWord.quoted(value))"
      }
      return flag.isRequired ? "--\(flag.flag) \(flag.field.uppercased())" : nil
    }
    return (["guarantee", noun, command.configuration.commandName ?? ""] + words).joined(separator: " ")
  }
}

/// A word as a shell takes it.
enum ShellWord {
  /// Whether no shell does anything with it but take it as it is.
  static func isPlain(_ word: String) -> Bool {
    word.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_.,:/@%+=".unicodeScalars.contains($0)
    }
  }

  static func quoted(_ word: String) -> String {
    if !word.isEmpty, isPlain(word) { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
