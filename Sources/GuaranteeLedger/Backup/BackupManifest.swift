/// What a backup says of itself: what it was made from, and what every table of it comes to.
package struct BackupManifest: Codable, Equatable, Sendable {
  /// A table of the ledger with all of its rows.
  package struct Table: Codable, Equatable, Sendable {
    package let name: String
    package let rows: Int
    /// The SHA-256 of its rows by their key, as COPY writes them.
    package let sha256: String
  }

  /// The archive that the backup begins with.
  package struct Archive: Codable, Equatable, Sendable {
    package let bytes: Int
    package let sha256: String
    /// The major version of the `pg_dump` that wrote it.
    package let version: Int

    package init(bytes: Int, sha256: String, version: Int) {
      self.bytes = bytes
      self.sha256 = sha256
      self.version = version
    }
  }

  package var format = BackupManifest.format
  /// The version of the program that made the backup.
  package let program: String
  /// The latest migration of the ledger.
  package let schema: String
  /// The major version of the server that the ledger was on.
  package let server: Int
  /// When the ledger was as the backup has it, by the server's clock.
  package let takenAt: String
  package let tables: [Table]
  package let archive: Archive

  package static let format = "guarantee-backup/1"

  /// How many events it holds.
  package var eventCount: Int { tables.first { $0.name == "event" }?.rows ?? 0 }

  private enum CodingKeys: String, CodingKey {
    case format, program, schema, server, tables, archive
    case takenAt = "taken_at"
  }
}

/// Why a ledger can't be backed up or restored.
package struct BackupError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What stands in the way.
  package enum Code: Sendable, Hashable {
    /// Something is there already where the backup, or the ledger, is to be.
    case occupied
    /// A file can't be written.
    case unwritable
    /// The file is no backup, or is not as it was written.
    case damaged
    /// The backup, or the ledger, is of a newer program.
    case newer
    /// There is no ledger to back up.
    case nothing
    /// The login may not see or make all of it, or a pooler stands between.
    case notPermitted
    /// What was restored is not what was backed up, or does not fit together.
    case unproved
  }

  package let code: Code
  /// One sentence.
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
