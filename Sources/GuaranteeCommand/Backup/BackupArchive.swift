import GuaranteeLedger
import PrivatePostgres

/// The archive in a backup, as `pg_restore` reads it.
struct BackupArchive {
  private let backup: BackupFile

  init(_ backup: BackupFile) { self.backup = backup }

  /// Restores it into a database that holds no ledger.
  ///
  /// - Parameter folder: where a pack may be written meanwhile; not there yet.
  func restore(to connectionString: String, packIn folder: String) async throws -> RestoredLedger {
    let programs = try await ArchivePrograms.find(least: backup.manifest.archive.version)
    let descriptor = backup.descriptor
    let list = Self.tables(of: try await programs.list(of: descriptor))
    let restore = LedgerRestore(to: connectionString, backup.manifest, packIn: folder) { section, body in
      try await programs.script(of: descriptor, section: section.rawValue, list: list, body)
    }
    return try await restore.run()
  }

  /// The lines of an archive's list that are about the tables. Functions and rights are made anew by this program, for
  /// logins that the server has.
  static func tables(of list: String) -> String {
    list.split(separator: "\n").filter { isOfTables($0) }.map { $0 + "\n" }.joined()
  }

  /// A line is such as `312; 1259 17223 TABLE guarantee event owner`: numbers, what it is, and the schema, which of a
  /// schema is `-`.
  private static func isOfTables(_ line: Substring) -> Bool {
    if line.hasPrefix(";") { return false }
    let words = line.split(separator: " ").dropFirst(3)
    let kind = words.prefix { $0.allSatisfy { ("A"..."Z").contains($0) } }.joined(separator: " ")
    let names = words.dropFirst(kind.split(separator: " ").count)
    if kind == "SCHEMA" { return names.dropFirst().first == "guarantee" }
    return names.first == "guarantee" && !["POLICY", "ROW SECURITY"].contains(kind)
  }
}
