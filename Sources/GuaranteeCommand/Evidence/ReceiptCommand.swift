import ArgumentParser
import GuaranteeLedger

/// `guarantee receipt`: one event's proof.
struct ReceiptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receipt", abstract: "Writes the proof that an event is in the book.",
    discussion: """
      The file has the event, its way to a seal's root, and the signed seal. 'guarantee verify FILE' proves it \
      without a database, and so can anybody else.

      Example: guarantee receipt E-019 deposit.json
      """)

  @Argument(help: ArgumentHelp("The event's key.", valueName: "key")) var key: String
  @Argument(
    help: ArgumentHelp("The file to write; none: standard output.", valueName: "file"), completion: .file())
  var file: String?
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    let opened = try await ledger.open()
    let receipt = try await opened.receipt(for: key)
    let near = receipt == nil ? await opened.question(for: key, of: "event") : ""
    await opened.close()
    guard let receipt else {
      throw Failure(
        .refused,
        "There is no receipt for '\(key)': no event has that key, or none of the seals covers it yet.\(near)")
    }
    guard let file else {
      let sink = ByteSink.standardOutput()
      try sink.write(Terminal.isStandardOutput ? JSONText.disarmed(receipt.json) : receipt.json)
      return try sink.flush()
    }
    try OutputFile(path: file, kind: "receipt").write { try $0.write(receipt.json) }
  }
}
