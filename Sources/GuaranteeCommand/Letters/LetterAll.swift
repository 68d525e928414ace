import ArgumentParser
import FoundationEssentials
import GuaranteeLedger

/// `guarantee letter all FOLDER`: a day's papers.
struct LetterAll: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "all", abstract: "Writes every letter about the events of a day or a period.",
    discussion: """
      Without --from and --to the events are those dated today. Each letter is a file of its own in the folder, called by \
      its kind and the event's key; written again, it is the same. What was reversed is left out.

      Example: guarantee letter all papers --from 2025-11-01 --to 2025-11-30
        guarantee letter all papers --letter return --office QINGDAO
      """)

  @Argument(help: "The folder; it is made if it isn't there.", completion: .directory) var folder: String
  @Option(
    help: ArgumentHelp("Only letters of this kind; may be given several times.", valueName: "letter"))
  var letter: [String] = []
  @Option(help: ArgumentHelp("Only of this office (default: the profile's).", valueName: "office"))
  var office: String?
  @OptionGroup var period: PeriodOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  /// A letter that can be written.
  private struct Kind {
    let name: String
    let template: LetterTemplate
  }

  func run() async throws {
    let shelf = LetterShelf.own
    let kinds = try (letter.isEmpty ? shelf.names() : letter).map { name in
      Kind(name: name, template: try shelf.template(name))
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(.output, "The folder '\(folder)' can't be made.")
    }
    let opened = try await ledger.open()
    let office = try office ?? ledger.choice().office
    let today = try await opened.today().description
    let isOpen = period.from != nil || period.to != nil
    let events = try await opened.events(
      named: Set(kinds.flatMap(\.template.events)), from: isOpen ? period.from : today,
      to: isOpen ? period.to : today, office: office
    ).all()
    let printer = RowPrinter(output)
    try printer.begin(
      ["letter", "key", "on", "dispute", "file"].map {
        ReportColumn(name: $0, kind: $0 == "on" ? .date : .text)
      })
    var names = LetterFileNames()
    for event in events {
      let facts = LetterFacts(try await opened.facts(of: event.key).all())
      for kind in kinds where kind.template.events.contains(event.event) {
        let text = try kind.template.filled(with: facts.values, names: facts.names)
        let path = folder + "/" + names.next(kind.name, event.key)
        try OutputFile(path: path, kind: "letter").write { try $0.write(text) }
        try printer.print([kind.name, event.key, event.on.description, event.dispute, path])
      }
    }
    await opened.close()
    try printer.finish()
    if printer.isEmptyTable { Program.say("Nothing happened then that a letter is written about.") }
  }
}

/// What the files of letters are called, each once.
struct LetterFileNames {
  private var taken: Set<String> = []

  /// The kind and the key, of which nothing leads to another folder or is hidden in lists of files.
  mutating func next(_ kind: String, _ key: String) -> String {
    let safe = key.map { character in
      character.isLetter || character.isNumber || "-_.()（）".contains(character) ? character : "_"
    }
    let name = "\(kind)-\(String(safe).prefix(60))"
    var file = name + ".html"
    var number = 2
    while !taken.insert(file).inserted {
      file = "\(name)-\(number).html"
      number += 1
    }
    return file
  }
}
