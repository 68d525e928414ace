import ArgumentParser
import FoundationEssentials
import Glibc
import GuaranteeLedger
import PrivatePostgres

/// `guarantee restore FILE`: a ledger from its backup.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Makes a ledger from its backup, in a place that has none.",
    discussion: """
      The place is an empty database, or a folder without a ledger. The ledger is there when every table is as it was \
      backed up and all of it was proved as 'guarantee verify' proves an audit pack; until then, and when anything \
      fails, there is nothing. It gives the same reports, to the byte, and goes on from the same hashes. A backup of \
      an older program is brought up to this one.

      Logins that the server lacks are made without a password: 'guarantee user add' gives them one. A backup is \
      run as a script by the database: restore none from somebody whom you would not let in.

      With --dry-run it is restored into a throw-away place and proved, so that you know that it can be.

      Example: guarantee restore ledger-2026-03-31.backup --data-dir restored
        guarantee restore --dry-run ledger-2026-03-31.backup
      """)

  @Argument(help: "The file that 'guarantee backup' has written.", completion: .file()) var file: String
  @Flag(help: "Only prove that it can be restored.") var dryRun = false
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    let backup = try BackupFile(path: file)
    try LedgerRestore.requireKnown(backup.manifest)
    if dryRun {
      return try await Interruption.watching {
        let restored = try await ThrowawayLedger.restoring(backup)
        try Self.tell(
          restored, "The ledger of \(backup.manifest.takenAt) can be restored and proved: \(restored.summary)"
        )
      }.get()
    }
    let place = try ledger.checkedPlace()
    try await Interruption.watching {
      let restored = try await Self.restore(backup, to: place)
      try Self.tell(
        restored, "The ledger of \(backup.manifest.takenAt) was restored and proved: \(restored.summary)")
    }.get()
  }

  private static func restore(_ backup: BackupFile, to place: LedgerPlace) async throws -> RestoredLedger {
    let connectionString =
      switch place {
      case .foreign(let text): text
      case .private(let directory):
        try await PrivateServer(dataDirectory: directory, leastVersion: backup.manifest.archive.version)
          .start()
      }
    await ThrowawayLedger.sweep()
    let folder = ThrowawayLedger.newFolder()
    guard mkdir(folder, 0o700) == 0 else { throw BackupFile.unwritable(folder, errno) }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await BackupArchive(backup).restore(to: connectionString, packIn: folder + "/pack")
  }

  private static func tell(_ restored: RestoredLedger, _ done: Phrase) throws {
    let sink = ByteSink.standardOutput()
    let steps = [done] + restored.steps.map { Phrase(said: $0) }
    for step in steps { try sink.write(TerminalText.safe(step.text) + "\n") }
    let logins: [(Phrase, [String])] = [
      ("Made without a password", restored.madeLogins),
      ("There already, and given their roles", restored.foundLogins),
      ("To be made by somebody who may", restored.missingLogins),
    ]
    for (state, names) in logins where !names.isEmpty {
      let told: Phrase = "\(state): \(names.joined(separator: ", "))"
      try sink.write(TerminalText.safe(told.text) + "\n")
    }
    try sink.flush()
  }
}
