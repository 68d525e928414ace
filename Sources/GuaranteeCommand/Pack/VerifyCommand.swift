import ArgumentParser
import GuaranteeLedger

/// `guarantee verify DIR`: proves an audit pack.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Proves an audit pack or a receipt from its own files, without a database.",
    discussion: """
      Looks at the hashes of all files, works out every hash of the journal, every entry, balance, stage and \
      register from the events and the pack's rules, and compares. For each kind of thing that does not fit it \
      prints the first with its file and line, and how many there are; then it exits with 1.

      It also says what the pack can't prove: what one of a part of the ledger leaves out, that events which no \
      seal covers are as they were recorded, and that the rules of a program of another version are that program's.

      With --against it also shows that an older pack, which was kept elsewhere, is the beginning of this one, with \
      its refused events and seals; its manifest.json alone is enough, and either may be of a part. With --key it \
      takes no seals but those signed with a key of that name, and no pack without seals.

      A file is a receipt: it is shown that its event is under the signed seal.

      Example: guarantee verify audit-2026
        guarantee verify audit-2026 --against audit-2025
        guarantee verify deposit.json
        guarantee verify audit-2026 --columns file,line,reason
      """)

  @Argument(help: "The pack's folder, or a receipt's file.", completion: .file())
  var path: String

  @Option(
    help: ArgumentHelp("An older pack that this one must go on from.", valueName: "folder"),
    completion: .file())
  var against: String?

  @Option(help: ArgumentHelp("What the key is called that is trusted; may be given again.", valueName: "id"))
  var key: [String] = []

  @OptionGroup(title: "Rows") var columns: ColumnOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  private static let all = ["kind", "file", "line", "count", "reason"].map {
    ReportColumn(name: $0, kind: ["line", "count"].contains($0) ? .integer : .text)
  }

  func run() async throws {
    if let receipt = try ReceiptFile(path: path) { return try receipt.verify(trusting: key, columns, output) }
    try await columns.check { Self.all }
    let proof = try await Waiting.showing("Verifying the audit pack") {
      try AuditPack(path: path).verify(against: against.map { AuditPack(path: $0) }, trusting: key)
    }
    let sink = ByteSink.standardOutput()
    if proof.isWhole, output.format == .table {
      let rows = { (table: String) in proof.rows[table] ?? 0 }
      let keys = Phrase.joined(proof.keyIDs.map { ", signed with key \(TerminalText.safe($0))" })
      let told: Phrase =
        "Everything fits: \(rows("events")) events, \(rows("entries")) entries, \(rows("seals")) seals\(keys)."
      try sink.write(told.text + "\n")
      for limit in proof.limits { try sink.write(TerminalText.safe(Phrase(said: "\(limit)").text) + "\n") }
      return try sink.flush()
    }
    let printer = RowPrinter(output, choosing: columns.names, to: sink)
    try printer.begin(Self.all)
    for finding in proof.findings {
      try printer.print([
        finding.kind.rawValue, finding.file, finding.line.map(String.init), String(finding.more + 1),
        finding.reason,
      ])
    }
    try printer.finish()
    for limit in proof.limits { Program.say(Phrase(said: "\(limit)")) }
    if !proof.isWhole {
      throw Failure(.refused, "The pack is not as it was written: keep it, and ask for it anew.")
    }
  }
}
