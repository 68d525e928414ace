import Glibc
import GuaranteeLedger
import PrivatePostgres

/// Programs that some commands use and most don't.
enum ProgramChecks {
  /// Whether a backup can be made, which is done by PostgreSQL's own programs.
  ///
  /// - Parameter version: The server's major version; `nil` when it isn't known.
  static func backup(ofServer version: Int?) async -> Finding {
    do throws(PrivateServerError) {
      let programs = try await ArchivePrograms.find(least: version ?? ServerVersions.supported.lowerBound)
      return .ok("backup_programs", "pg_dump and pg_restore of PostgreSQL \(programs.version) are here.")
    } catch {
      return .warning(
        "backup_programs", "\(Phrase(said: error.reason)): 'guarantee backup' can't be run.",
        "\(Phrase(said: error.remedy)).")
    }
  }

  /// LibreOffice, which opens files that other programs have made.
  static var spreadsheets: Finding {
    let folders = (Environment["PATH"] ?? "").split(separator: ":")
    let isHere = folders.contains { folder in
      ["soffice", "libreoffice", "localc"].contains { access("\(folder)/\($0)", X_OK) == 0 }
    }
    return isHere
      ? .ok("spreadsheets", "LibreOffice is here.")
      : .ok("spreadsheets", "LibreOffice is not here; the ledger doesn't need it.")
  }
}
