import ArgumentParser
import GuaranteeLedger

/// `guarantee letter`: the papers of the process.
struct LetterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "letter", abstract: "Writes the papers of the process: receipts, notices, calls.",
    discussion: """
      A letter is filled from what the ledger knows of an event, and is one file of HTML for a browser, its printer, \
      or mail. Your office's own templates replace those that the program brings: 'guarantee letter template' prints \
      one to begin with, which goes into the folder 'letters' beside the profiles, or is named with --template.

      Example: guarantee letter receipt E-019 receipt.html
        guarantee letter call E-036 call.html --lang zh-Hans
        guarantee letter all papers --from 2025-11-01 --to 2025-11-30
      """,
    subcommands: [LetterWrite.self, LetterAll.self, LetterList.self, LetterPrintTemplate.self],
    defaultSubcommand: LetterWrite.self)
}

/// `guarantee letter write KIND KEY FILE`, also without `write`.
struct LetterWrite: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write", abstract: "Writes a letter about an event.",
    discussion: """
      The event is named by its key, or by its dispute when that has only one which the letter is about. What the \
      letter says of goods and money is as it was when the event was recorded, so that it is the same letter whenever \
      it is written again.

      Example: guarantee letter write receipt E-019 receipt.html
        guarantee letter release QD-2025-0101 notice.html
      """)

  @Argument(help: ArgumentHelp("Which letter; 'guarantee letter list' shows them.", valueName: "letter"))
  var letter: String
  @Argument(help: ArgumentHelp("The event's key, or its dispute.", valueName: "key"))
  var key: String
  @Argument(
    help: ArgumentHelp("The file to write; '-' is standard output.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var file: String
  @Option(
    help: ArgumentHelp("Fill this template instead.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var template: String?
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    let shelf = LetterShelf.own
    let template =
      try template.map { path throws(Failure) in try shelf.template(path: path) } ?? shelf.template(letter)
    let output = OutputFile(path: file, kind: "letter")
    if file != "-" { try output.check() }
    let opened = try await ledger.open()
    let facts = try await facts(for: template, in: opened)
    await opened.close()
    let text = try template.filled(with: facts.values, names: facts.names)
    guard file == "-" else { return try output.write { try $0.write(text) } }
    let sink = ByteSink.standardOutput()
    try sink.write(text)
    try sink.flush()
  }

  /// - Throws: `Failure` when no letter can be written about what was named.
  private func facts(for template: LetterTemplate, in ledger: Ledger) async throws -> LetterFacts {
    let facts = LetterFacts(try await ledger.facts(of: key).all())
    if facts.event != nil || facts.isPending { return try checked(facts, key, template) }
    let history = try await ledger.history(of: key).all()
    guard !history.isEmpty else {
      let unknown = try await ledger.unknownNames(["event": key, "dispute": key])
      return try checked(facts, key, template, near: unknown.flatMap(\.near))
    }
    let fitting = history.filter { template.events.contains($0.event.rawValue) }
    guard let event = fitting.first else {
      throw Failure(
        .refused,
        "Nothing has happened in '\(key)' that this letter is written about: \(template.events.joined(separator: ", "))."
      )
    }
    guard fitting.count == 1 else {
      throw Failure(
        .refused,
        "In '\(key)' this letter may be about several events. Name one: \(fitting.map(\.key).joined(separator: ", "))."
      )
    }
    return try checked(LetterFacts(try await ledger.facts(of: event.key).all()), event.key, template)
  }

  /// - Parameter near: Keys and disputes that are written like this one.
  private func checked(
    _ facts: LetterFacts, _ key: String, _ template: LetterTemplate, near: [String] = []
  ) throws -> LetterFacts {
    let shelf = LetterShelf.own
    let problem = facts.problem(with: key, for: template, near: near) { event in
      shelf.names().filter { (try? shelf.template($0))?.events.contains(event) ?? false }
    }
    if let problem { throw problem }
    return facts
  }
}

/// `guarantee letter list`.
struct LetterList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the letters, the events that they are about, and whose templates they are.",
    discussion: "Example: guarantee letter list")

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let sink = ByteSink.standardOutput()
    var writer = try output.writer(
      ["letter", "title", "events", "template"].map { OutputColumn($0) }, to: sink)
    let shelf = LetterShelf.own
    for name in shelf.names() {
      let template = try shelf.template(name)
      try writer.write([
        name, template.title, template.events.joined(separator: " "), try shelf.place(of: name),
      ])
    }
    try writer.finish()
    try sink.flush()
  }
}

/// `guarantee letter template KIND`.
struct LetterPrintTemplate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Prints the template of a letter that the program brings, to be changed.",
    discussion: "Example: guarantee letter template receipt > receipt-of-ours.html")

  @Argument(help: ArgumentHelp("Which letter.", valueName: "letter")) var letter: String

  func run() throws {
    let sink = ByteSink.standardOutput()
    try sink.write(try LetterShelf.own.builtIn(letter))
    try sink.flush()
  }
}
