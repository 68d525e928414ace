import ArgumentParser
import Glibc
import GuaranteeLedger

/// `guarantee record`: whole files of events.
struct RecordCommand: AsyncParsableCommand {
  enum Mode: String, EnumerableFlag {
    case atomic, each

    static func help(for value: Mode) -> ArgumentHelp? {
      switch value {
      case .atomic: "All or nothing: one refused event, and none of the files is recorded."
      case .each: "Record what is right and report what is refused."
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Records files of events.",
    discussion: """
      An event file is CSV whose header names the fields (key, on, event and those of the events), or JSON \
      Lines with the same names; '-' reads standard input. Tabs may stand in place of commas, and text is in UTF-8 or \
      GB 18030. Of a spreadsheet (.xlsx, .ods) LibreOffice reads the first sheet: dates count as days and numbers as \
      they are, whatever they look like. Recording the same file again changes nothing.

      Prints key,result,message for each row with -O csv or json, and on a terminal a table of what was \
      refused. A result is recorded, replayed (it was there before), the code of a refusal, or \
      not_recorded: the row was fine, but with --atomic another one was refused and so nothing was recorded.

      With --rejects the refused rows go to a file in their own columns, with result and message behind: \
      mend them and record that file. There is no such file when nothing was refused.

      Example:
        printf 'key,on,event,office,zone\\nK-1,2026-01-05,register_office,HRB,FTZ\\n' |
          guarantee record -
      """)

  @Argument(help: ArgumentHelp("Event files; '-' is standard input.", valueName: "file"), completion: .file())
  var files: [String]

  @Flag(exclusivity: .exclusive) var mode: Mode = .atomic

  @Flag(help: "Say what the results would be and record nothing.")
  var dryRun = false

  @Flag(help: "Show what the events would do to balances, states and deadlines, and record nothing.")
  var preview = false

  @Option(
    help: ArgumentHelp("Where refused rows go, to be mended and recorded again.", valueName: "file"),
    completion: .file())
  var rejects: String?

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if files.filter({ $0 == "-" }).count > 1 {
      throw misuse("Standard input can be read once only: name '-' once.")
    }
    if let rejects, files.contains(where: { Self.isSameFile($0, rejects) }) {
      throw misuse("--rejects would overwrite the input '\(rejects)': name another file.")
    }
  }

  func run() async throws {
    try await Spreadsheets.reading(files) { try await record($0) }
  }

  private func record(_ sources: [Spreadsheets.Source]) async throws {
    if preview { return try await showPreview(sources) }
    let rejects = try rejects.map { path in try RejectsFile(path: path) }
    let opened = try await ledger.open(makingOne: true)
    let stop = StopRequest()
    var run = try RecordRun(
      mode: mode, isDryRun: dryRun, output: output, rejects: rejects, totalBytes: totalBytes, stop: stop)
    let watch = watch(stop, in: opened)
    try await run.record(EventSource(sources, goesOn: mode == .each), in: opened)
    watch.end()
    await opened.close()
    try run.finish()
  }

  private func showPreview(_ sources: [Spreadsheets.Source]) async throws {
    let opened = try await ledger.open(makingOne: true)
    try await Preview.show(EventSource(sources, goesOn: false), in: opened, output)
    await opened.close()
  }

  /// At ^C, a run row by row ends with its present batch; one that is all or nothing ends at once, with nothing.
  private func watch(_ stop: StopRequest, in ledger: Ledger) -> Interruption.Watch {
    let endsWithBatch = mode == .each && !dryRun
    return Interruption.Watch {
      stop.make {
        if endsWithBatch {
          Program.say("Stopping when the events on their way are recorded; ^C again stops at once.")
        } else {
          Task { await ledger.close() }
        }
      }
    }
  }

  /// The size of all files; 0 when one of them is no regular file.
  private var totalBytes: Int {
    var total = 0
    for file in files {
      var found = stat()
      guard file != "-", stat(file, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return 0 }
      total += Int(found.st_size)
    }
    return total
  }

  private static func isSameFile(_ left: String, _ right: String) -> Bool {
    var first = stat()
    var second = stat()
    guard stat(left, &first) == 0, stat(right, &second) == 0 else { return left == right }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }
}
