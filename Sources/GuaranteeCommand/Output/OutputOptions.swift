import ArgumentParser
import Glibc

/// How a command prints what it found.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, csv, json
}

/// The options of every command that prints rows.
struct OutputOptions: ParsableArguments {
  @Option(
    name: [.customShort("O", allowingJoined: true), .customLong("output")],
    help: ArgumentHelp(
      "How rows are printed (default: table on a terminal, csv otherwise).", valueName: "format"))
  var output: OutputFormat?

  @Option(
    help: ArgumentHelp(
      "The language of what people read: en or zh-Hans (default: the environment's).", valueName: "language"),
    completion: .list(Language.allCases.map(\.rawValue)))
  var lang: String?

  @Flag(help: "Never show long output page by page (PAGER says by which program).")
  var noPager = false

  @Flag(help: "CSV for spreadsheets: text stays text, and no cell runs as a formula.")
  var excel = false

  /// What to print: `--excel` asks for CSV by itself.
  var format: OutputFormat {
    if let output { return output }
    return excel || !Terminal.isStandardOutput ? .csv : .table
  }

  func validate() throws {
    if excel, let output, output != .csv {
      throw misuse("--excel goes with CSV: leave out '-O \(output.rawValue)' or say '-O csv'.")
    }
  }

  /// The writer that the options ask for.
  func writer(_ columns: [OutputColumn], to sink: ByteSink) throws(OutputError) -> any RowWriter {
    switch format {
    case .table:
      TableWriter(
        columns, to: sink, isStyled: Terminal.isStyled,
        windowColumns: Terminal.isStandardOutput ? Terminal.columns : nil)
    case .csv:
      try CSVWriter(columns, to: sink, isForSpreadsheets: excel, isForTerminal: Terminal.isStandardOutput)
    case .json: try JSONWriter(columns, to: sink)
    }
  }
}

/// What is known of the terminal, if there is one.
enum Terminal {
  static var isStandardInput: Bool { isatty(STDIN_FILENO) == 1 }
  static var isStandardOutput: Bool { isatty(STDOUT_FILENO) == 1 }
  static var isStandardError: Bool { isatty(STDERR_FILENO) == 1 }

  /// How many lines the terminal has; `nil` when there is none.
  static var lines: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return nil }
    return Int(size.ws_row)
  }

  /// How many columns the terminal has, or what `COLUMNS` says; `nil` when neither is known.
  static var columns: Int? { columns(of: STDOUT_FILENO) }

  /// The same of the terminal on which people are asked and told.
  static var errorColumns: Int? { isStandardError ? columns(of: STDERR_FILENO) : nil }

  private static func columns(of descriptor: Int32) -> Int? {
    if let given = Environment["COLUMNS"].flatMap({ Int($0) }), given > 0 { return given }
    var size = winsize()
    guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// Whether bold and dim text are wanted: on a terminal that can, unless `NO_COLOR` is set.
  static var isStyled: Bool {
    isStandardOutput && (Environment["NO_COLOR"] ?? "").isEmpty && Environment["TERM"] != "dumb"
  }
}
