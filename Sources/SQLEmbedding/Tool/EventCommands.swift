/// Writes one command for each event, and one for each noun that holds its events.
struct EventCommands {
  let rules: Rules

  var swift: String {
    var nouns: [String] = []
    for event in rules.events where !nouns.contains(event.noun) { nouns.append(event.noun) }
    return "import ArgumentParser\n\n" + rules.events.map(command).joined(separator: "\n") + "\n"
      + nouns.map(group).joined(separator: "\n") + "\n" + list(nouns)
  }

  private func command(_ event: EventRule) -> String {
    let fields = event.fields.map { field in
      """
        @Option(
          name: .customLong(\(quoted(Self.flag(field.name)))),
          help: ArgumentHelp(\(quoted(Self.help(field))), valueName: \(quoted(Self.valueName(field))))\(Self.completion(field, of: event)))
        var \(Self.property(field.name)): Swift.String\(field.isRequired ? "" : "?")

      """
    }
    let pairs = event.fields.map { "(\(quoted($0.name)), self.\(Self.property($0.name)))" }
    let flags = event.fields.map {
      "EventFlag(field: \(quoted($0.name)), flag: \(quoted(Self.flag($0.name))), isRequired: \($0.isRequired), meaning: \(quoted($0.meaning)), values: [\($0.values.map(quoted).joined(separator: ", "))])"
    }
    return """
      struct \(Self.typeName(event)): EventCommand {
        static let configuration = CommandConfiguration(
          commandName: \(quoted(event.verb)), abstract: \(quoted(event.meaning + ".")),
          discussion: \(quoted("Example:\n" + example(event))))
        static let eventName = \(quoted(event.name))
        static let flags = [\(flags.joined(separator: ", "))]

      \(fields.joined())  @OptionGroup var options: EventOptions

        var fields: [(name: Swift.String, value: Swift.String?)] { [\(pairs.joined(separator: ", "))] }
      }

      """
  }

  private func group(_ noun: String) -> String {
    let events = rules.events.filter { $0.noun == noun }.map { "\(Self.typeName($0)).self" }
    return """
      struct \(Self.typeName(noun)): NounCommand {
        static let noun = \(quoted(noun))
        static let events: [any ParsableCommand.Type] = [\(events.joined(separator: ", "))]
        static let configuration = nounConfiguration
      }

      """
  }

  private func list(_ nouns: [String]) -> String {
    """
    /// The commands that the rules make.
    enum GeneratedCommands {
      /// One for each noun, in the order of the rules.
      static let nouns: [any ParsableCommand.Type] = [\(nouns.map { "\(Self.typeName($0)).self" }.joined(separator: ", "))]
    }

    """
  }

  // MARK: Names

  private static func typeName(_ event: EventRule) -> String {
    "Record" + Identifier(event.name).stem + "Command"
  }

  private static func typeName(_ noun: String) -> String { Identifier(noun).stem + "NounCommand" }

  /// Behind a prefix, a field's name can't be one that the command has otherwise.
  private static func property(_ field: String) -> String {
    Identifier.escaped("field" + Identifier(field).stem)
  }

  /// The option; a field called as an option of every command gets `event-` before its name.
  private static func flag(_ field: String) -> String {
    let flag = field.split(separator: "_").joined(separator: "-")
    return reservedFlags.contains(flag) ? "event-" + flag : flag
  }

  private static let reservedFlags: Set<String> = [
    "as-of", "database", "data-dir", "dry-run", "excel", "help", "key", "known-at", "lang", "no-input",
    "no-pager", "on",
    "output",
    "preview", "profile", "version",
  ]

  // MARK: Help

  private static func help(_ field: FieldRule) -> String {
    let values = field.values.isEmpty ? "" : "(\(field.values.joined(separator: " | ")))"
    return [field.meaning.isEmpty ? "" : field.meaning + ".", values].filter { !$0.isEmpty }.joined(
      separator: " ")
  }

  private static func valueName(_ field: FieldRule) -> String {
    switch field.type {
    case "amount", "award": "amount"
    case "date": "date"
    case "boolean": "true|false"
    default: field.name.split(separator: "_").joined(separator: "-")
    }
  }

  /// What is few is written into the shell's script; codes are asked of the ledger.
  private static func completion(_ field: FieldRule, of event: EventRule) -> String {
    if !field.values.isEmpty {
      return ", completion: .list([\(field.values.map(quoted).joined(separator: ", "))])"
    }
    if field.refersTo.isEmpty, field.type != "currency" { return "" }
    return
      ", completion: .custom { await CodeCompletion(words: $0, prefix: $2).values(of: \(quoted(field.name)), for: \(quoted(event.name))) }"
  }

  /// The command line that records the event's example, or one made up from the types of its fields.
  private func example(_ event: EventRule) -> String {
    let row = rules.examples[event.name]
    let date = row?["on"].map { ["--on \($0)"] } ?? []
    let options = event.fields.compactMap { field in
      let value = row == nil && field.isRequired ? Self.sample(field) : row?[field.name] ?? ""
      return value.isEmpty ? nil : "--\(Self.flag(field.name)) \(Self.shellWord(value))"
    }
    let key =
      row?["key"].map { rules.valuesOfExamples.contains($0) ? ["--key \(Self.shellWord($0))"] : [] } ?? []
    return Self.shellLines("guarantee \(event.noun) \(event.verb)", date + options + key)
  }

  /// A command line, broken as a shell can read it, since help that is too wide would be broken anywhere.
  private static func shellLines(_ command: String, _ options: [String]) -> String {
    var lines = ["  " + command]
    for option in options {
      if lines[lines.count - 1].count + option.count < 74 {
        lines[lines.count - 1] += " " + option
      } else {
        lines.append("    " + option)
      }
    }
    return lines.joined(separator: " \\\n")
  }

  private static func shellWord(_ value: String) -> String {
    let isPlain = value.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_.,:/@%+=".unicodeScalars.contains($0)
    }
    if isPlain { return value }
    return "'" + value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }

  private static func sample(_ field: FieldRule) -> String {
    switch field.type {
    case _ where !field.values.isEmpty: field.values[0]
    case "amount", "award": "1200000.00"
    case "date": "2026-01-05"
    case "currency": "CNY"
    case "instruments": "cash"
    default: field.name.split(separator: "_").joined(separator: "-").uppercased() + "-1"
    }
  }
}
