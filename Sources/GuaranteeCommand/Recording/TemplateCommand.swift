import ArgumentParser
import GuaranteeLedger

/// `guarantee template`: an empty sheet to be filled in and recorded.
struct TemplateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "Writes an empty sheet for events, to be filled in and recorded.",
    discussion: """
      It has a column for each field of the events that are named. A spreadsheet (.xlsx, .ods or .fods) says in comments \
      what belongs into each, and has lists to choose from; .csv has the header alone, and so has standard output when \
      no file is named. LibreOffice writes .xlsx and .ods. 'guarantee record' takes what comes of it.

      With --choices the lists also have what the ledger has: offices, parties, disputes, recordals.

      Example: guarantee template receive_funds lodge_security
        guarantee template open_dispute add_lot disputes.fods
        guarantee template receive_funds funds.fods --choices
      """)

  @Argument(
    help: ArgumentHelp("The events, and the file to write.", valueName: "event"),
    completion: .list(GeneratedPages.events.map(\.code)))
  var words: [String]

  @Flag(help: "Also list the codes that the ledger has, such as offices, parties and disputes.")
  var choices = false
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  private static let endings = ["csv", "fods", "ods", "xlsx"]

  private var file: String? {
    words.last.flatMap { word in Self.endings.contains { word.hasSuffix("." + $0) } ? word : nil }
  }

  func validate() throws {
    let events = words.dropLast(file == nil ? 0 : 1)
    guard !events.isEmpty else { throw misuse("Name the events that the sheet is for.") }
    if choices, file?.hasSuffix(".csv") ?? true {
      throw misuse("--choices goes into a spreadsheet: name a file that ends in .xlsx, .ods or .fods.")
    }
    for event in events where EventSearch.command(for: event) == nil {
      let near = Nearest.question(Nearest.names(to: event, among: GeneratedPages.events.map(\.code)))
      throw misuse("There is no event '\(event)'.\(near) A file ends in .csv, .xlsx, .ods or .fods.")
    }
  }

  func run() async throws {
    let events = words.dropLast(file == nil ? 0 : 1)
    var sheet = EventSheet(events.compactMap(EventSearch.command))
    if choices { try await addChoices(to: &sheet) }
    guard let file else {
      let sink = ByteSink.standardOutput()
      try sink.write(sheet.csv)
      return try sink.flush()
    }
    let output = OutputFile(path: file, kind: "sheet")
    try output.check()
    switch file.split(separator: ".").last {
    case "csv": try output.write { try $0.write(sheet.csv) }
    case "fods": try output.write { try $0.write(sheet.flat) }
    case "ods": try await convert(sheet, to: "ods:calc8", output)
    default: try await convert(sheet, to: "xlsx:Calc MS Excel 2007 XML", output)
    }
  }

  private func addChoices(to sheet: inout EventSheet) async throws {
    let opened = try await ledger.open()
    for column in sheet.columns where column.values.isEmpty {
      for event in sheet.events {
        let found = try await opened.choices(for: column.field, of: event, given: [:])
        sheet.add(found.map(\.value), to: column.field)
      }
    }
    await opened.close()
  }

  private func convert(_ sheet: EventSheet, to format: String, _ output: OutputFile) async throws {
    let folder = try PrivateFolder()
    defer { folder.remove() }
    let flat = folder.path + "/sheet.fods"
    try OutputFile(path: flat, kind: "sheet").write { try $0.write(sheet.flat) }
    try await LibreOffice.convert(flat, to: format, in: folder.path, for: output.path)
    let ending = format.prefix { $0 != ":" }
    guard let bytes = try? SmallFile.bytes(of: folder.path + "/flat/sheet.\(ending)", limit: 64 << 20) else {
      throw Failure(
        .output, "LibreOffice did not write '\(output.path)': name a file that ends in .fods or .csv.")
    }
    try output.write { sink in for byte in bytes { try sink.write(byte: byte) } }
  }
}
