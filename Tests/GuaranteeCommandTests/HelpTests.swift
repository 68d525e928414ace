import ArgumentParser
import Testing

@testable import GuaranteeCommand

@Suite("Help")
struct HelpTests {
  /// Every command with the words that call it.
  static let commands = all([], Guarantee.self)

  struct Named: Sendable, CustomTestStringConvertible {
    let words: [String]
    let type: any ParsableCommand.Type
    /// The event that it records; `nil` for every other command.
    var eventName: String? { (type as? any EventCommand.Type)?.eventName }
    /// The arguments of the calls in its help.
    var examples: [[String]] { HelpTests.examples(in: type.configuration.discussion) }
    var testDescription: String { words.joined(separator: " ") }
  }

  private static func all(_ words: [String], _ type: any ParsableCommand.Type) -> [Named] {
    [Named(words: words, type: type)]
      + type.configuration.subcommands.flatMap { all(words + [$0.configuration.commandName ?? ""], $0) }
  }

  @Test("Every command says what it does and has an example that calls it", arguments: commands)
  func everyCommand(_ command: Named) {
    let configuration = command.type.configuration
    #expect(!configuration.abstract.isEmpty)
    let call = (["guarantee"] + command.words).joined(separator: " ")
    #expect(configuration.discussion.contains(call))
  }

  @Test("Every example parses", arguments: commands)
  func everyExample(_ command: Named) throws {
    for line in command.examples {
      #expect(throws: Never.self, "\(line)") { try Self.parse(line) }
    }
  }

  /// Help asked for is no mistake.
  private static func parse(_ words: [String]) throws {
    do {
      _ = try Guarantee.parseAsRoot(CommonOptions(words).words)
    } catch  where Guarantee.exitCode(for: error) == .success {}
  }

  /// The arguments of each call of the program in a help text, up to a pipe or a redirection.
  static func examples(in text: String) -> [[String]] {
    let joined = text.split(separator: "\\\n", omittingEmptySubsequences: false).joined(separator: " ")
    return joined.split(separator: "\n").compactMap { line in
      guard let start = line.firstRange(of: "guarantee ") else { return nil }
      guard line.contains("Example:") || line.hasPrefix("  guarantee ") || line.contains(":  ") else {
        return nil
      }
      return ShellWords.split(String(line[start.upperBound...]))
    }
  }

  @Test(
    "The help that a clerk sees first reads well",
    arguments: [
      [], ["record"], ["report"], ["report", "statement"], ["dispute"], ["dispute", "open"], ["status"],
      ["demo"], ["follow"], ["export"], ["verify"],
      ["bank"], ["bank", "import"], ["bank", "match"], ["bank", "confirm"], ["bank", "propose"],
      ["report", "reconciliation"],
    ])
  func goldens(_ words: [String]) throws {
    let command = try #require(Self.commands.first { $0.words == words })
    let text = HelpText.arranged(Guarantee.helpMessage(for: command.type, columns: 80))
    try Golden.expect(text + "\n", is: "help\(words.map { "-" + $0 }.joined()).txt")
  }
}

/// Words as a shell splits them: quotes keep blanks.
enum ShellWords {
  static func split(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if "|><)".contains(character) {
        break
      } else if character.isWhitespace {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}
