import ArgumentParser
import Glibc

/// From the arguments to the exit code: parses, runs, and says in one sentence what went wrong.
enum Program {
  /// Runs what the arguments ask for.
  ///
  /// - Returns: the exit code.
  static func run(_ arguments: [String]) async -> Int32 {
    // A reader that goes away is noticed where output is written, so that recording runs to its end.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try Guarantee.parseAsRoot(arguments)
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
      let output = ByteSink.standardOutput()
      try? output.write(HelpText.arranged(Guarantee.fullMessage(for: error)) + "\n")
      try? output.flush()
      return 0
    }
    let failure = (error as? any FailureConvertible)?.failure ?? usageFailure(error, arguments: arguments)
    if !failure.message.isEmpty { say(failure.message) }
    return failure.code.rawValue
  }

  /// One line on standard error.
  static func say(_ message: String) {
    let sink = ByteSink.standardError()
    try? sink.write("guarantee: " + TerminalText.safe(message) + "\n")
    try? sink.flush()
  }

  /// What the parser found, with a hint at the nearest command and where help is.
  private static func usageFailure(_ error: any Error, arguments: [String]) -> Failure {
    guard Guarantee.exitCode(for: error) == .validationFailure else {
      return Failure(.defect, "Something unexpected happened: \(error).")
    }
    let wrong = MistypedCommand.find(in: arguments, below: Guarantee.self)
    let message = wrong?.message ?? sentence(Guarantee.message(for: error))
    return Failure(.usage, "\(message) See 'guarantee \(helpPath(arguments, wrong))--help'.")
  }

  private static func sentence(_ text: String) -> String {
    let text = text.split(whereSeparator: \.isNewline).map { $0.trimmingSpaces }.joined(separator: " ")
    return text.hasSuffix(".") || text.hasSuffix("?") ? text : text + "."
  }

  private static func helpPath(_ arguments: [String], _ wrong: MistypedCommand?) -> String {
    let path = wrong?.path ?? MistypedCommand.path(in: arguments, below: Guarantee.self)
    return path.map { $0 + " " }.joined()
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
    Failure(
      .output, "The output could not be written: \(reason). Make room or write elsewhere, and run it again.")
  }
}
