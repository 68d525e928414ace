import FoundationEssentials
import Glibc

/// `pg_dump` and `pg_restore` of one installation, which has a server of the same version as well.
package struct ArchivePrograms: Sendable {
  /// PostgreSQL's major version: they read servers and archives up to it.
  package let version: Int
  private let folder: String

  /// Looked for where a private server's programs are; of those that will do, the oldest, since its archives can be
  /// read by the most.
  ///
  /// - Parameter least: the least major version that will do.
  /// - Throws: `programsMissing` when there is none.
  package static func find(least: Int) async throws(PrivateServerError) -> ArchivePrograms {
    try await find(least: least, in: ServerPrograms.Places())
  }

  static func find(
    least: Int, in places: ServerPrograms.Places
  ) async throws(PrivateServerError) -> ArchivePrograms {
    let found = try await ServerPrograms.installed(in: places).filter { programs in
      programs.major >= least
        && ["pg_dump", "pg_restore"].allSatisfy { unsafe access(programs.folder + "/" + $0, X_OK) == 0 }
    }
    guard let fitting = found.min(by: { $0.major < $1.major }) else {
      throw PrivateServerError(
        .programsMissing, places.debian,
        "The programs pg_dump and pg_restore of PostgreSQL \(least) or later are not installed here",
        remedy:
          "install them with a server (on Debian: apt install postgresql-\(least)) and run the command again")
    }
    return ArchivePrograms(version: fitting.major, folder: fitting.folder)
  }

  /// Writes an archive of some schemas in `pg_dump`'s custom format.
  ///
  /// - Parameters:
  ///   - connectionString: without a password, as everybody on this machine sees it.
  ///   - password: handed over in a file of memory that only this user can read; `nil` to leave it to libpq.
  ///   - snapshot: what the archive shows, as another session of the server has exported it.
  ///   - schemas: patterns of their names.
  ///   - file: where the archive is written to, from its present place on.
  package func dump(
    _ connectionString: String, password: String?, snapshot: String, schemas: [String], to file: Int32
  ) async throws(PrivateServerError) {
    var arguments = [
      "--format=custom", "--no-password", "--snapshot=\(snapshot)",
      // Whose rows are all visible to a login is found out before: this keeps the server from refusing it.
      "--enable-row-security",
    ]
    arguments += schemas.map { "--schema=\($0)" }
    var secret: MemoryFile?
    var connection = connectionString
    if let password {
      let escaped = password.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
      secret = try MemoryFile(holding: Array("*:*:*:*:\(escaped)\n".utf8))
      connection += " passfile=/proc/self/fd/3"
    }
    let run = try ArchiveRun(
      program: folder + "/pg_dump", arguments + ["--dbname=\(connection)"], output: file,
      handing: secret.map { [$0.raw] } ?? [])
    try await run.finish()
  }

  /// What an archive holds, a line for each thing, as `pg_restore --list` prints it.
  package func list(of archive: Int32) async throws(PrivateServerError) -> String {
    let output = try MemoryFile()
    let run = try ArchiveRun(
      program: folder + "/pg_restore", ["--list", "/proc/self/fd/3"], output: output.raw, handing: [archive])
    try await run.finish()
    return String(decoding: output.contents(), as: UTF8.self)
  }

  /// Hands over, as a script, what a section of an archive holds of a list; of its owners and rights nothing.
  ///
  /// - Parameters:
  ///   - section: `pre-data`, `data` or `post-data`.
  ///   - list: lines of what `list(of:)` gave.
  ///   - body: gets what gives the script's next bytes, until `nil`.
  package func script(
    of archive: Int32, section: String, list: String,
    _ body: (_ next: @escaping () throws -> [UInt8]?) async throws -> Void
  ) async throws {
    let chosen = try MemoryFile(holding: Array(list.utf8))
    let pipe = try OutputPipe()
    let run = try ArchiveRun(
      program: folder + "/pg_restore",
      [
        "--section=\(section)", "--no-owner", "--no-privileges", "--use-list=/proc/self/fd/4", "--file=-",
        "/proc/self/fd/3",
      ],
      output: pipe.writing, handing: [archive, chosen.raw])
    pipe.closeWriting()
    do {
      try await body { try pipe.next() }
    } catch {
      // One that fails halfway leaves half a statement behind, and knows better why.
      pipe.closeReading()
      do {
        try await run.finish()
      } catch let failure {
        if !run.wasCutOff { throw failure }
      }
      throw error
    }
    try await run.finish()
  }
}
