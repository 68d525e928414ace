import ArgumentParser
import GuaranteeLedger

/// `guarantee todo`: the work list of an office.
struct TodoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "todo",
    abstract: "The work list: what is overdue, what runs out, and what waits, with the command for each.",
    discussion: """
      Overdue is what has passed; urgent has at most 3 working days left; soon runs out within --within days; \
      waiting has no day: money that nobody has placed, paid or collected, by its oldest part, and facilities \
      that are used by more than nine tenths, and what waits for a second person. In the commands you fill in what is in capitals.

      With --watch the list stays on the terminal, and is shown anew when something is recorded and at least every \
      minute. ^C or a termination signal ends it, with exit code 0.

      Example: guarantee todo --office QINGDAO
      Example: guarantee todo --sort -amount --columns what,amount,command --limit 10
      All day:  guarantee todo --watch
      """)

  @Option(help: ArgumentHelp("How many days to look ahead.", valueName: "days")) var within = 30
  @Flag(help: "Keep it on the terminal, and show it anew when the ledger changes.") var watch = false
  @OptionGroup var options: ReadingOptions

  /// What the commands say already.
  private static let spared: Set = ["events", "key"]

  func validate() throws {
    if watch, options.times.isPast {
      throw misuse("The past does not change: leave out --watch, or --as-of and --known-at.")
    }
    guard (0...36500).contains(within) else {
      throw misuse("--within takes a number of days from 0 to 36500.")
    }
  }

  func run() async throws {
    if watch { return try await watching() }
    try await options.print(sparing: Self.spared, saying: nil) { ledger, printer in
      try await print(ledger, printer, rows: options.rows.selection)
    } whenEmpty: { ledger in
      guard options.output.format == .table else { return }
      try await options.sayOfProfile(in: ledger)
      if !options.times.isPast, try await ledger.isNew() {
        Program.say(
          "This ledger is new: 'guarantee office register' begins it, and 'guarantee demo' shows a whole case."
        )
      }
      Program.say("Nothing waits.")
    }
  }

  private func print(
    _ ledger: Ledger, _ printer: RowPrinter, rows: RowSelection
  ) async throws -> String? {
    var columns: [ReportColumn] = []
    return try await ledger.todo(
      office: options.office, within: within, rows: rows,
      columns: {
        columns = $0
        try printer.begin($0 + [.command])
      },
      row: { try printer.print($0 + [CommandColumn.value($0, columns)]) })
  }

  private func watching() async throws {
    guard Terminal.isStandardOutput else {
      throw misuse(
        "--watch draws on a terminal, and there is none: 'guarantee follow' tells programs what is recorded.")
    }
    guard options.output.format == .table else {
      throw misuse("--watch draws a table: leave out --watch or -O.")
    }
    let office = try options.office
    let ledger = try await options.ledger.open()
    defer { Task { await ledger.close() } }
    try await options.rows.names.check(in: ledger)
    try await LedgerWatch(ledger).run { size in
      var rows = options.rows.selection
      // What is below the window is not seen.
      rows.limit = min(rows.limit ?? size.lines, size.lines)
      let sink = ByteSink.collecting()
      let printer = RowPrinter(
        options.output, choosing: options.rows.columns.names, sparing: Self.spared, to: sink)
      let place = try await print(ledger, printer, rows: rows)
      try printer.finish()
      let title: Phrase =
        office.map { "What waits at \($0), at \(ClockTime.now). ^C ends." }
        ?? "What waits, at \(ClockTime.now). ^C ends."
      return WatchedScreen(
        title: title, text: printer.count == 0 ? Phrase("Nothing waits.").text : sink.takeText(),
        isMore: place != nil)
    }
  }
}

/// The command behind rows that name the events that may follow.
enum CommandColumn {
  /// The command for the first of a row's events; `nil` when it names none.
  static func value(_ row: [String?], _ columns: [ReportColumn]) -> String? {
    let cells = Dictionary(zip(columns.map(\.name), row)) { first, _ in first }
    if let key = cells["key"] ?? nil, !key.isEmpty { return "guarantee approve " + ShellWord.quoted(key) }
    guard let events = cells["events"] ?? cells["event"] ?? nil,
      let event = events.split(separator: " ").first
    else { return nil }
    // What is there of money is no proposal of how much of it to move.
    return EventCommandLine.text(for: String(event), cells.filter { $0.key != "amount" })
  }
}

extension ReportColumn {
  fileprivate static let command = ReportColumn(name: "command", kind: .text)
}
