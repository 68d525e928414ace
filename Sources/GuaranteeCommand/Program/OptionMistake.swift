/// What is wrong with the options of a call, found before anything that only follows from it.
///
/// The parser says first what is missing; whoever mistyped an option wants to hear of that.
struct OptionMistake: Error, Equatable {
  let message: Phrase
  /// Whether it is only that something is missing.
  var isIncompleteness = false

  /// The first mistake in the words behind a command.
  static func find(in words: some Sequence<String>, of command: CommandOptions) -> OptionMistake? {
    var given: Set<String> = []
    var isArgumentGiven = false
    var rest = Array(words)[...]
    while let word = rest.popFirst() {
      if word == "--" { break }
      guard isOption(word) else {
        if !command.hasArguments { return stray(word, command) }
        isArgumentGiven = true
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let short = String(word.prefix(2))
      if let option = command.option(parts[0]) {
        given.formUnion(option.names)
        guard option.takesValue else { continue }
        let value = parts.count > 1 ? parts[1] : rest.first
        if parts.count == 1 {
          guard let value, option.takesDash || !isOption(value) else {
            return valueMissing(parts[0], value, command)
          }
          rest.removeFirst()
        }
        if let value, let mistake = badValue(value, of: option) { return mistake }
      } else if !word.hasPrefix("--"), let option = command.option(short), option.takesValue {
        if let mistake = badValue(String(word.dropFirst(2)), of: option) { return mistake }
      } else {
        return unknown(parts[0], command)
      }
    }
    return missing(given, isArgumentGiven, command)
  }

  /// Whether nothing is wrong with the words but that something which is needed is not among them.
  static func isOnlyIncomplete(_ words: some Sequence<String>, of command: CommandOptions) -> Bool {
    find(in: words, of: command)?.isIncompleteness == true
  }

  /// An option that is given a second time, of which one would be lost without a word.
  ///
  /// - Parameter repeatable: The options that may be given several times; asked for only when one is.
  static func repeated(
    in words: some Sequence<String>, except repeatable: () -> Set<String>
  ) -> OptionMistake? {
    var seen: Set<Substring> = []
    for word in words {
      if word == "--" { break }
      guard word.hasPrefix("--") else { continue }
      let name = word.prefix { $0 != "=" }
      if !seen.insert(name).inserted, !repeatable().contains(String(name)) {
        return OptionMistake(message: "\(name) is given twice: give it once.")
      }
    }
    return nil
  }

  // MARK: Sentences

  private static func unknown(_ name: String, _ command: CommandOptions) -> OptionMistake {
    let bare = String(name.drop { dashes.contains($0) }.map { $0 == "_" ? "-" : $0 })
    let long = command.options.flatMap { $0.names }.filter { $0.hasPrefix("--") }
    let near = Nearest.names(to: bare, among: long.map { String($0.dropFirst(2)) })
    return OptionMistake(message: "Unknown option '\(name)'.\(Nearest.question(near.map { "--" + $0 }))")
  }

  private static func valueMissing(
    _ name: String, _ next: String?, _ command: CommandOptions
  ) -> OptionMistake {
    guard let next, command.option(String(next.prefix { $0 != "=" })) == nil else {
      return OptionMistake(message: "\(name) needs a value behind it.")
    }
    return OptionMistake(
      message: "\(name) needs a value behind it; one that begins with a dash is written '\(name)=\(next)'.")
  }

  private static func badValue(_ value: String, of option: CommandOptions.Option) -> OptionMistake? {
    guard !option.values.isEmpty, !option.values.contains(value) else { return nil }
    let near = Nearest.names(to: value, among: option.values)
    let hint: Phrase =
      near.isEmpty ? " It is one of \(option.values.joined(separator: ", "))." : Nearest.question(near)
    return OptionMistake(message: "\(option.names[0]) does not take '\(value)'.\(hint)")
  }

  private static func stray(_ word: String, _ command: CommandOptions) -> OptionMistake {
    let isSecret = word.contains("://") || word.contains("=")
    let example = command.required.first { $0.hasPrefix("--") }
    let what: Phrase = isSecret ? "a word" : "'\(word)'"
    guard let example else {
      return OptionMistake(message: "It is not clear what \(what) is for: take it out.")
    }
    return OptionMistake(
      message:
        "It is not clear what \(what) is for: a value stands behind its option, as in \(TranslatedHelp.values(in: example))."
    )
  }

  private static func missing(
    _ given: Set<String>, _ isArgumentGiven: Bool, _ command: CommandOptions
  ) -> OptionMistake? {
    let missing = command.required.filter { need in
      need.hasPrefix("<") ? !isArgumentGiven : !given.contains(String(need.prefix { $0 != " " }))
    }
    guard !missing.isEmpty else { return nil }
    let isMore = !given.isEmpty || isArgumentGiven
    let list = Phrase.list(missing.map { Phrase(verbatim: TranslatedHelp.values(in: $0)) })
    return OptionMistake(
      message: isMore ? "Still needed: \(list)." : "Needed: \(list).", isIncompleteness: true)
  }

  // MARK: Words

  /// The hyphen, and what word processors make of it.
  private static let dashes: Set<Character> = [
    "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}",
  ]

  private static func isOption(_ word: String) -> Bool {
    word.count > 1 && word.first.map(dashes.contains) == true
  }
}
