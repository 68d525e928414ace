import ArgumentParser
import GuaranteeLedger
import PostgresClient
import PrivatePostgres

/// `guarantee backup FILE`: the whole ledger in one file, proved.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Writes the whole ledger into one file, and proves it by restoring it.",
    discussion: """
      The file has everything that the ledger has, as it was at one moment; others go on recording meanwhile. Before \
      the file gets its name it is restored into a throw-away server on this machine, every table is compared with the \
      ledger's, and what was restored is proved as 'guarantee verify' proves an audit pack. So a file that is there is \
      a backup that can be restored.

      It takes a login that owns the ledger, PostgreSQL's server programs on this machine, and as much room below \
      TMPDIR as the ledger takes. The file is for its owner's eyes alone, and holds no password.

      Example: guarantee backup ledger-2026-03-31.backup
        guarantee restore ledger-2026-03-31.backup --data-dir restored
      """)

  @Argument(help: "The file to make; there must be none.", completion: .file()) var file: String
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    let place = try ledger.checkedPlace()
    let path = LedgerPlace.absolute(file, LedgerOptions.workingDirectory)
    try await Interruption.watching { try await Self.back(up: place, to: path) }.get()
  }

  private static func back(up place: LedgerPlace, to path: String) async throws {
    let target = try NewFile(path)
    let connection = try await LedgerConnection(to: place)
    let manifest = try await HeldLedger.hold(connection.text) { held in
      let programs = try await ArchivePrograms.find(least: held.server)
      try await programs.dump(
        connection.string.withoutPasswords(host: held.host, port: held.port),
        password: connection.string.password,
        snapshot: held.snapshot, schemas: HeldLedger.schemas, to: target.descriptor)
      let size = target.byteCount
      return try await held.manifest(
        of: BackupManifest.Archive(
          bytes: size, sha256: try BackupFile.hash(of: target.descriptor, upTo: size, path),
          version: programs.version))
    }
    try BackupFile.finish(target.descriptor, manifest, path: path)
    // As whoever restores it will.
    let backup = try BackupFile(path: target.partialPath)
    let restored = try await ThrowawayLedger.restoring(backup)
    try target.putInPlace()
    let sink = ByteSink.standardOutput()
    let size: Phrase = "\(path): \(backup.byteCount) bytes, \(restored.summary)"
    let proof: Phrase = "It was restored into a throw-away place and proved there."
    for told in [size, proof] { try sink.write(TerminalText.safe(told.text) + "\n") }
    try sink.flush()
  }
}

extension RestoredLedger {
  /// How much it holds, and how far its books go.
  var summary: Phrase {
    let rows = { (table: String) in proof.rows[table] ?? 0 }
    let events: Phrase = "\(rows("events")) events, \(rows("entries")) entries"
    let heads = proof.heads.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    let books: [Phrase] = heads.map {
      $0.key.isEmpty ? "the register to \($0.value)" : "\(TerminalText.safe($0.key)) to \($0.value)"
    }
    return books.isEmpty ? events : "\(events); \(Phrase.list(books))"
  }
}

extension BackupError: FailureConvertible {
  var failure: Failure {
    let code: Failure.Code =
      switch self.code {
      case .occupied: .usage
      case .unwritable: .output
      case .damaged: .unreadableInput
      case .newer, .nothing: .unreachable
      case .notPermitted: .notPermitted
      case .unproved: .refused
      }
    return Failure(code, Phrase(said: message.endingInStop))
  }
}
