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

      Example: guarantee todo --office QINGDAO
      """)

  @Option(help: ArgumentHelp("How many days to look ahead.", valueName: "days")) var within = 30
  @OptionGroup var options: ReadingOptions

  func validate() throws {
    guard (0...36500).contains(within) else {
      throw misuse("--within takes a number of days from 0 to 36500.")
    }
  }

  func run() async throws {
    try await options.print { ledger, printer in
      var columns: [ReportColumn] = []
      let place = try await ledger.todo(
        office: options.office, within: within, rows: options.rows.selection,
        columns: {
          columns = $0
          try printer.begin($0 + [.command])
        },
        row: { try printer.print($0 + [CommandColumn.value($0, columns)]) })
      if printer.count == 0, options.output.format == .table { Program.say("Nothing waits.") }
      return place
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
