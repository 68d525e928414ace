import ArgumentParser
import Glibc
import GuaranteeLedger

/// `guarantee bank propose`: what the ledger lacks by what the bank says, as an event file.
struct BankPropose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "propose",
    abstract: "Writes the events that are missing into a file, to be looked at and recorded.",
    discussion: """
      An unknown credit becomes receive_unidentified; what the bank took back, or what came back to it, becomes \
      the reversal of its event. Look at each, mend it, and record the file; the next 'bank match' puts them \
      together. A file that is there is not overwritten; '-' is standard output.

      Example: guarantee bank propose missing.csv
      """)

  @Argument(help: ArgumentHelp("The file that is written.", valueName: "file"), completion: .file())
  var file: String
  @OptionGroup var custody: CustodyOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    let opened = try await ledger.open()
    let missing = try await CollectedRows { columns, row in
      try await opened.bankEvents(
        office: custody.office, currency: custody.currency, columns: columns, row: row)
    }
    if missing.rows.isEmpty { try await custody.names.check(in: opened) }
    await opened.close()
    if file == "-" {
      return try Self.write(missing, to: .standardOutput(), isForTerminal: Terminal.isStandardOutput)
    }
    if !missing.rows.isEmpty { try writeFile(missing) }
    let sink = ByteSink.standardOutput()
    let summary: Phrase =
      switch missing.rows.count {
      case 0: "Nothing is missing that could be proposed."
      case 1: "1 event to look at and record."
      default: "\(missing.rows.count) events to look at and record."
      }
    try sink.write(summary.text + "\n")
    try sink.flush()
  }

  private static func write(
    _ events: CollectedRows, to sink: ByteSink, isForTerminal: Bool = false
  ) throws {
    var writer = try CSVWriter(events.columns, to: sink, isForTerminal: isForTerminal)
    for row in events.rows { try writer.write(row) }
    try sink.flush()
  }

  private func writeFile(_ events: CollectedRows) throws {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      let reason: Phrase =
        errno == EEXIST
        ? "it is there already, and may hold somebody's work"
        : Phrase(said: String(cString: strerror(errno)))
      throw Failure(.output, "'\(file)' could not be written: \(reason). Name another file.")
    }
    do {
      try Self.write(events, to: ByteSink(descriptor: descriptor, ownsDescriptor: true))
    } catch {
      unlink(file)
      throw error
    }
  }
}
