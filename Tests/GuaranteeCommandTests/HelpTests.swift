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
    var examples: [String] { HelpTests.examples(in: type.configuration.discussion) }
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
    for example in command.examples {
      #expect(throws: Never.self, "\(example)") { try Self.parse(Self.arguments(of: example)) }
    }
  }

  /// Help asked for is no mistake.
  private static func parse(_ words: [String]) throws {
    do {
      _ = try Guarantee.parseAsRoot(CommonOptions(words).words)
    } catch  where Guarantee.exitCode(for: error) == .success {}
  }

  /// Each call of the program in a help text as it is typed, with what belongs to it before and behind.
  static func examples(in text: String) -> [String] {
    var examples: [String] = []
    var isOpen = false
    for line in text.split(separator: "\n") {
      if isOpen {
        examples[examples.count - 1] += "\n" + line
      } else if let start = line.firstMatch(of: /^(?:Example: |  (?=\S)|[A-Z][a-z ]+:  +)/) {
        examples.append(String(line[start.range.upperBound...]))
      }
      isOpen = !examples.isEmpty && (line.hasSuffix("\\") || line.hasSuffix("|"))
    }
    return examples.filter { $0.contains("guarantee ") }
  }

  /// The arguments of an example's call, up to a pipe or a redirection.
  static func arguments(of example: String) -> [String] {
    guard let start = example.firstRange(of: "guarantee ") else { return [] }
    return ShellWords.split(String(example[start.upperBound...]).replacing("\\\n", with: " "))
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
