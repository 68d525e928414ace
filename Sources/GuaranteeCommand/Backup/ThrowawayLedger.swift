import FoundationEssentials
import Glibc
import GuaranteeLedger
import PrivatePostgres

/// A private server in a folder below `TMPDIR` that is gone again when what it was made for is done.
enum ThrowawayLedger {
  private static let prefix = "guarantee-proof-"

  /// A name below `TMPDIR` that nothing has yet. What is left there when this program is killed is taken away by `sweep()`.
  static func newFolder() -> String {
    NamelessFile.folder + "/\(prefix)\(getpid())-" + EventKey.new(for: "restore")
  }

  /// Restores a backup there, and says what it came to.
  static func restoring(_ backup: BackupFile) async throws -> RestoredLedger {
    try LedgerRestore.requireKnown(backup.manifest)
    await sweep()
    let folder = newFolder()
    let server = PrivateServer(
      dataDirectory: folder + "/server",
      leastVersion: max(backup.manifest.server, backup.manifest.archive.version))
    let restored = await result { try await restore(backup, on: server, in: folder) }
    await remove(folder, server)
    return try restored.get()
  }

  private static func restore(
    _ backup: BackupFile, on server: PrivateServer, in folder: String
  ) async throws -> RestoredLedger {
    guard mkdir(folder, 0o700) == 0 else { throw BackupFile.unwritable(folder, errno) }
    let connectionString = try await server.start()
    return try await BackupArchive(backup).restore(to: connectionString, packIn: folder + "/pack")
  }

  private static func result<Value>(
    _ body: () async throws -> Value
  ) async -> Result<Value, any Error> {
    do { return .success(try await body()) } catch { return .failure(error) }
  }

  /// Also when the task was cancelled.
  private static func remove(_ folder: String, _ server: PrivateServer) async {
    await Task {
      _ = try? await server.stop()
      try? FileManager.default.removeItem(atPath: folder)
    }.value
  }

  /// Takes away what programs of this user have left that were killed.
  static func sweep() async {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: NamelessFile.folder)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let path = NamelessFile.folder + "/" + name
      var found = stat()
      guard let process = pid_t(name.dropFirst(prefix.count).prefix { $0.isNumber }), process > 0,
        lstat(path, &found) == 0, found.st_uid == geteuid(), kill(process, 0) != 0, errno == ESRCH
      else { continue }
      await remove(path, PrivateServer(dataDirectory: path + "/server"))
    }
  }
}
