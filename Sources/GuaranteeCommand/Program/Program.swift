import ArgumentParser
import Glibc
import GuaranteeLedger

/// From the arguments to the exit code: parses, runs, and says in one sentence what went wrong.
enum Program {
  /// The words behind the program's name, as they were given.
  @TaskLocal static var words: [String] = []

  /// Runs what the arguments ask for.
  ///
  /// - Returns: the exit code.
  static func run(_ arguments: [String]) async -> Int32 {
    // A reader that goes away is noticed where output is written, so that recording runs to its end.
    signal(SIGPIPE, SIG_IGN)
    StandardStreams.open()
    let options = CommonOptions(arguments)
    let language = options.language.map(Language.init(named:)) ?? Language { Environment[$0] }
    return await Language.$current.withValue(language ?? .english) {
      guard language != nil else {
        say("--lang takes en or zh-Hans, and no '\(options.language ?? "")'.")
        return Failure.Code.usage.rawValue
      }
      return await Pager.$isWanted.withValue(options.isPaged) {
        await $words.withValue(arguments) { await run(words: options.words) }
      }
    }
  }

  private static func run(words arguments: [String]) async -> Int32 {
    let isHelp = arguments.first == "help"
    let words = isHelp ? arguments.dropFirst() + ["--help"] : arguments
    let topic = isHelp ? RulesTopic(arguments.dropFirst()) : nil
    let arguments = NamedCommand(in: words, below: Guarantee.self).arguments
    do {
      if let topic { return try topic.print() }
      if let mistake = MistypedCommand.find(in: arguments, below: Guarantee.self) { throw mistake }
      let repeated = OptionMistake.repeated(in: arguments) {
        CommandOptions(of: NamedCommand(in: arguments, below: Guarantee.self).type).repeatable
      }
      if let repeated { throw repeated }
      var whole = arguments
      if let missing = MissingFields(in: arguments) {
        guard let completed = try await missing.completed() else {
          say("Nothing was recorded.")
          return 0
        }
        whole = completed
      }
      var command = try await Guarantee.asyncParseAsRoot(whole)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return 0
    } catch {
      return report(error, arguments: arguments)
    }
  }

  /// Prints what an error says where it belongs, and gives its exit code.
  private static func report(_ error: any Error, arguments: [String]) -> Int32 {
    if Guarantee.exitCode(for: error) == .success {
      let output = ByteSink.pages()
      try? output.write(HelpText.shown { Guarantee.fullMessage(for: error, columns: $0) } + "\n")
      try? output.flush()
      return 0
    }
    let failure = (error as? any FailureConvertible)?.failure ?? usageFailure(error, arguments: arguments)
    if !failure.message.isEmpty { say(failure.message) }
    return failure.code.rawValue
  }

  /// One line on standard error, folded to fit a terminal.
  static func say(_ message: Phrase) {
    let sink = ByteSink.standardError()
    let line = "guarantee: " + TerminalText.safe(HiddenPasswords.hiding(in: message.text))
    try? sink.write(TerminalText.fitted(line, columns: Terminal.errorColumns) + "\n")
    try? sink.flush()
  }

  /// What is wrong with the command line: what people mistype first, then what the parser found.
  private static func usageFailure(_ error: any Error, arguments: [String]) -> Failure {
    guard
      error is OptionMistake || error is MistypedCommand
        || Guarantee.exitCode(for: error) == .validationFailure
    else {
      return Failure(.defect, "Something unexpected happened: \(error).")
    }
    let named = NamedCommand(in: arguments, below: Guarantee.self)
    let message =
      (error as? MistypedCommand)?.message ?? (error as? OptionMistake)?.message ?? misplaced(named)
      ?? mistake(in: named)?.message ?? Phrase(said: sentence(Guarantee.message(for: error)))
    let path = named.path.map { $0 + " " }.joined()
    return Failure(.usage, "\(message) See 'guarantee \(path)--help'.")
  }

  private static func mistake(in named: NamedCommand) -> OptionMistake? {
    OptionMistake.find(in: named.rest, of: CommandOptions(of: named.type))
  }

  /// An option that stands before the command that it belongs to.
  private static func misplaced(_ named: NamedCommand) -> Phrase? {
    let path = named.laterPath
    guard !named.isWhole, path.count > named.path.count, let option = named.rest.first else { return nil }
    let name = option.prefix { $0 != "=" }
    return "\(name) stands before its command: write 'guarantee \(path.joined(separator: " ")) \(name) …'."
  }

  private static func sentence(_ text: String) -> String {
    let text = text.split(whereSeparator: \.isNewline).map { $0.trimmingSpaces }.joined(separator: " ")
    return text.hasSuffix(".") || text.hasSuffix("?") || text.hasSuffix("。") ? text : text + "."
  }
}

extension StringProtocol {
  /// Without the spaces at both ends.
  var trimmingSpaces: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}

/// An error that knows its exit code and its sentence.
protocol FailureConvertible {
  var failure: Failure { get }
}

extension Failure: FailureConvertible {
  var failure: Failure { self }
}

extension OutputError: FailureConvertible {
  var failure: Failure {
    switch subject {
    case .output:
      Failure(
        .output,
        "The output could not be written: \(reason). Make room or write elsewhere, and run it again.")
    case .temporaryFile:
      Failure(
        .output,
        "A temporary file in '\(NamelessFile.folder)' could not be written: \(reason). Make room there, or name another folder in TMPDIR, and run it again."
      )
    }
  }
}
