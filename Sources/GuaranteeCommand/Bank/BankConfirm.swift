import ArgumentParser
import GuaranteeLedger

/// `guarantee bank confirm`: what a person says of matches.
struct BankConfirm: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "Confirms matches, or puts lines and entries together by hand.",
    discussion: """
      Takes the numbers of matches, as 'bank match' and 'bank list' print them. With --line and --key it makes a \
      match of these lines and of these events' entries and confirms it. Who did it and when is kept.

      Example: guarantee bank confirm 4
      Example: guarantee bank confirm --line 10 --line 11 --key S-18
      """)

  @Argument(help: ArgumentHelp("Numbers of matches.", valueName: "match")) var matches: [Int64] = []
  @Option(help: ArgumentHelp("A line of the bank by its number.", valueName: "line")) var line: [Int64] = []
  @Option(help: ArgumentHelp("An event by its key.", valueName: "key")) var key: [String] = []
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func validate() throws {
    let isByHand = !line.isEmpty || !key.isEmpty
    if matches.isEmpty == !isByHand {
      throw misuse("Give the numbers of matches, or --line and --key, and not both.")
    }
    if isByHand, line.count + key.count < 2 {
      throw misuse("A match has two sides: give --line and --key.")
    }
  }

  func run() async throws {
    let opened = try await ledger.open()
    var numbers = matches
    if matches.isEmpty {
      if let number = try await opened.pair(lines: line, keys: key) { numbers = [number] }
    } else {
      try await opened.confirmMatches(matches)
    }
    await opened.close()
    try BankOutcome.say(numbers.map { "match \($0): confirmed" })
  }
}

/// `guarantee bank unmatch`: takes matches apart.
struct BankUnmatch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unmatch",
    abstract: "Takes matches apart.",
    discussion: """
      No rule puts the same line and entry together again. Who did it and when is kept.

      Example: guarantee bank unmatch 4
      """)

  @Argument(help: ArgumentHelp("Numbers of matches.", valueName: "match")) var matches: [Int64]
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    let opened = try await ledger.open()
    try await opened.undoMatches(matches)
    await opened.close()
    try BankOutcome.say(matches.map { "match \($0): unmatched" })
  }
}

/// What became of matches, a line each.
enum BankOutcome {
  static func say(_ lines: [Phrase]) throws {
    let sink = ByteSink.standardOutput()
    for line in lines { try sink.write(line.text + "\n") }
    try sink.flush()
  }
}
