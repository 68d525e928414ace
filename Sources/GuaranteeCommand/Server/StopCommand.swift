import ArgumentParser
import PrivatePostgres

/// `guarantee stop`: stops the private server.
struct StopCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop", abstract: "Stops the private server.",
    discussion: """
      Nothing is lost: the next command starts it again. A server that others run is left alone.

      Example: guarantee stop
      """)

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    guard case .private(let directory) = try ledger.checkedPlace() else {
      throw Failure(
        .usage,
        "This ledger is on a server that others run: only a private one can be stopped, with --data-dir.")
    }
    let wasRunning = try await PrivateServer(dataDirectory: directory).stop()
    let sink = ByteSink.standardOutput()
    if output.format == .table {
      let told: Phrase = wasRunning ? "The private server has stopped." : "No private server was running."
      try sink.write(told.text + "\n")
    } else {
      var writer = try output.writer(
        [OutputColumn("data_directory"), OutputColumn("stopped", .boolean)], to: sink)
      try writer.write([directory, wasRunning ? "true" : "false"])
      try writer.finish()
    }
    try sink.flush()
  }
}
