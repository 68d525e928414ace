/// Why a private server could not be started, found or stopped, and what to do about it.
package struct PrivateServerError: Error, Sendable, Equatable {
  /// What went wrong, as a word that programs can compare; new ones may come.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// No PostgreSQL server is installed, or a program that it is run with.
    package static let programsMissing = Code(rawValue: "programs_missing")
    /// The cluster was made by a major version that is not installed.
    package static let otherVersion = Code(rawValue: "other_version")
    /// The data directory, or a folder above it, is a file.
    package static let notADirectory = Code(rawValue: "not_a_directory")
    /// The data directory holds something else.
    package static let notOurs = Code(rawValue: "not_ours")
    /// The cluster lacks files that every cluster has.
    package static let damaged = Code(rawValue: "damaged")
    /// The cluster belongs to another user.
    package static let wrongOwner = Code(rawValue: "wrong_owner")
    /// The data directory may not be read or written by this user.
    package static let permissionDenied = Code(rawValue: "permission_denied")
    /// The data directory is on a file system that is mounted for reading only.
    package static let readOnly = Code(rawValue: "read_only")
    /// No space is left where the data directory is.
    package static let diskFull = Code(rawValue: "disk_full")
    /// The path is too long for a Unix socket, and no folder for a shorter name could be had.
    package static let noShortPath = Code(rawValue: "no_short_path")
    /// Another program holds the data directory for longer than anyone should.
    package static let busy = Code(rawValue: "busy")
    /// `initdb` failed for another reason, which `reason` quotes.
    package static let creationFailed = Code(rawValue: "creation_failed")
    /// The server did not start, for a reason that `reason` quotes.
    package static let startFailed = Code(rawValue: "start_failed")
    /// The server did not stop.
    package static let stopFailed = Code(rawValue: "stop_failed")
    /// `pg_dump` or `pg_restore` failed, for a reason that `reason` quotes.
    package static let archiveFailed = Code(rawValue: "archive_failed")
    /// The task was cancelled; the next start takes up where this one was.
    package static let cancelled = Code(rawValue: "cancelled")
    /// The system refused something that it never should.
    package static let system = Code(rawValue: "system")
  }

  package let code: Code
  /// The file or folder that it is about.
  package let path: String
  /// What is wrong, the beginning of a sentence.
  package let reason: String
  /// What to do, the end of the sentence.
  package let remedy: String

  package init(_ code: Code, _ path: String, _ reason: String, remedy: String) {
    self.code = code
    self.path = path
    self.reason = reason
    self.remedy = remedy
  }
}

extension PrivateServerError: CustomStringConvertible {
  package var description: String { "\(reason); \(remedy)." }
}
