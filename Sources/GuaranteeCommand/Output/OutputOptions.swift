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

  @Flag(help: "CSV for spreadsheets: with a byte order mark, and no cell runs as a formula.")
  var excel = false

  /// What to print: `--excel` asks for CSV by itself.
  var format: OutputFormat {
    if let output { return output }
    return excel || !Terminal.isStandardOutput ? .csv : .table
  }

  func validate() throws {
    if excel, let output, output != .csv {
      throw ValidationError("--excel goes with CSV: leave out '-O \(output.rawValue)' or say '-O csv'.")
    }
  }

  /// The writer that the options ask for.
  func writer(_ columns: [OutputColumn], to sink: ByteSink) throws(OutputError) -> any RowWriter {
    switch format {
    case .table: TableWriter(columns, to: sink, isStyled: Terminal.isStyled)
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

  /// Whether bold and dim text are wanted: on a terminal that can, unless `NO_COLOR` is set.
  static var isStyled: Bool {
    isStandardOutput && (Environment["NO_COLOR"] ?? "").isEmpty && Environment["TERM"] != "dumb"
  }
}
