import ArgumentParser
import GuaranteeLedger

/// `guarantee seal`: closes the journal since the last seal.
struct SealCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal", abstract: "Closes the journal since the last seal under a signed root.",
    discussion: """
      The seal says where each office's journal ends and has the Merkle root over all events since the last \
      one. Give it to somebody else to keep: with it nobody can change what it covers without being found out.

      Example: guarantee seal --key seal.key
      """)

  @Option(
    help: ArgumentHelp("The key to sign with, made by 'guarantee seal-key'.", valueName: "file"),
    completion: .file())
  var key: String
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  private static let columns = ["number", "sealed_at", "events", "root", "key_id", "signature"].map {
    ReportColumn(name: $0, kind: ["number", "events"].contains($0) ? .integer : .text)
  }

  func run() async throws {
    let key = try SealKeyFile(path: key).read()
    let opened = try await ledger.open()
    let seal = try await opened.seal(with: key)
    await opened.close()
    let sink = ByteSink.standardOutput()
    if seal == nil, output.format == .table {
      try sink.write(Phrase("Nothing has come since the last seal.").text + "\n")
      return try sink.flush()
    }
    let printer = RowPrinter(output, to: sink)
    try printer.begin(Self.columns)
    if let seal {
      try printer.print([
        String(seal.number), seal.sealedAt.description, String(seal.events), seal.root, seal.keyID,
        seal.signature,
      ])
    }
    try printer.finish()
  }
}

/// `guarantee seal-key`: makes a key to seal with.
struct SealKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal-key", abstract: "Makes a key that seals are signed with.",
    discussion: """
      The file is for its owner alone. Prints the key's id and its public part: give them out, since whoever \
      verifies a seal has to know whose key it was. For another key, make another file and seal with that.

      Example: guarantee seal-key seal.key
      """)

  @Argument(help: ArgumentHelp("The file to make.", valueName: "file"), completion: .file())
  var file: String
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let key = SealingKey()
    try SealKeyFile(path: file).create(key)
    let printer = RowPrinter(output, to: ByteSink.standardOutput())
    try printer.begin(["key_id", "public_key"].map { ReportColumn(name: $0, kind: .text) })
    try printer.print([key.id, key.publicKeyDigits])
    try printer.finish()
  }
}
