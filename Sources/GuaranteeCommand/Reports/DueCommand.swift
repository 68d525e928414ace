import ArgumentParser
import GuaranteeLedger

/// `guarantee due`: what a clerk must not miss.
struct DueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "due",
    abstract: "Lists deadlines and undertakings that run out, and money that is expected.",
    discussion: """
      What is overdue comes too, however long ago it was due.

      Example: guarantee due --within 14
      Example: guarantee due --within 60 --ics deadlines.ics
      """)

  @Option(help: ArgumentHelp("How many days to look ahead.", valueName: "days")) var within = 30
  @Option(
    help: ArgumentHelp("Write the days as a calendar that mail programs read.", valueName: "file"),
    completion: .file(extensions: ["ics"]))
  var ics: String?
  @OptionGroup var options: ReadingOptions

  func validate() throws {
    guard (0...36500).contains(within) else {
      throw misuse("--within takes a number of days from 0 to 36500.")
    }
    if ics != nil, options.rows.columns.names != nil {
      throw misuse("A calendar has no columns to choose: leave out --columns or --ics.")
    }
  }

  func run() async throws {
    if let ics { return try await writeCalendar(to: OutputFile(path: ics, kind: "calendar")) }
    try await options.print { ledger, printer in
      try await ledger.due(
        within: within, office: options.office, rows: options.rows.selection,
        columns: { try printer.begin($0) },
        row: { try printer.print($0) })
    } whenEmpty: { ledger in
      try await options.sayOfProfile(in: ledger)
    }
  }

  private func writeCalendar(to file: OutputFile) async throws {
    try file.check()
    let opened = try await options.ledger.open()
    let view = options.times.view(of: opened)
    let today = try await opened.today()
    let due = try await CollectedRows { columns, row in
      try await view.due(
        within: within, office: options.office, rows: options.rows.selection, columns: columns, row: row)
    }
    if due.rows.isEmpty { try await options.rows.names.check(in: opened) }
    await opened.close()
    try file.write { sink in
      let calendar = try DueCalendar(today: today, columns: due.columns, to: sink)
      for row in due.rows { try calendar.add(row) }
      try calendar.finish()
    }
  }
}
