import ArgumentParser
import GuaranteeLedger
import PrivatePostgres

/// `guarantee migrate`: brings a database up to this program's schema.
struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Makes or brings up the ledger in the database.",
    discussion: """
      A private server is brought up by every command by itself. On a server that others run, do this once \
      for each new version of the program, as a user who may create schemas.

      Example: guarantee migrate
      """)

  @Flag(
    help:
      "Puts this program's functions and rules back where a newer program has replaced them, and keeps that one out."
  )
  var goBack = false
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let place = try ledger.checkedPlace()
    let connectionString =
      switch place {
      case .foreign(let text): text
      case .private(let directory): try await PrivateServer(dataDirectory: directory).start()
      }
    let steps = try await Waiting.showing("Bringing the ledger up") {
      try await Ledger.migrate(LedgerPlace.configuration(connectionString), goingBack: goBack)
    }
    let sink = ByteSink.standardOutput()
    if output.format == .table {
      for step in steps { try sink.write(TerminalText.safe(Phrase(said: step).text) + "\n") }
      if steps.isEmpty { try sink.write(Phrase("Everything was up to date.").text + "\n") }
    } else {
      var writer = try output.writer([OutputColumn("done")], to: sink)
      for step in steps { try writer.write([step]) }
      try writer.finish()
    }
    try sink.flush()
  }
}
