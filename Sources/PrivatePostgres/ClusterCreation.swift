import Glibc

/// Makes a cluster with the ledger's empty database in it: all of it or nothing.
///
/// It is made under another name, and renamed when it is whole and on disk. So a cluster that is there is
/// complete, whenever this program or the machine dies. Until then nothing need survive a power cut: the steps
/// do without syncing, and one sync of the file system before the renaming brings a thousand files to disk in
/// less time than `initdb` takes to sync each.
struct ClusterCreation {
  let folder: DataFolder
  let programs: ServerPrograms
  let account: UserAccount

  func run(holding lock: borrowing FolderLock) async throws(PrivateServerError) {
    try FileSystem.remove(folder.unfinishedCluster)
    do {
      try await make(holding: lock)
    } catch {
      // What is left takes space on a disk that may be full. The error at hand says more than another one.
      try? FileSystem.remove(folder.unfinishedCluster)
      throw error
    }
    try FileSystem.renameDurably(folder.unfinishedCluster, to: folder.cluster, in: folder.path)
  }

  private func make(holding lock: borrowing FolderLock) async throws(PrivateServerError) {
    try FileSystem.makeFolders(folder.unfinishedCluster)
    let launch = try ServerLaunch(folder, cluster: folder.unfinishedCluster, account: account)
    try launch.handOver(folder.unfinishedCluster)

    let initdb = [
      "-D", ServerLaunch.handedPath, "--username=\(ServerSettings.user)", "--encoding=UTF8", "--no-locale",
      "--data-checksums", "--auth-local=trust", "--auth-host=reject", "--no-sync",
    ]
    try await succeed(launch.run(programs.initdb, initdb, lock: lock.file.raw))
    try FileSystem.append(ServerSettings.configuration, to: folder.unfinishedCluster + "/postgresql.conf")

    let script = try Self.pipe(with: "create database \(ServerSettings.database)\n")
    let single = [
      "--single", "-D", ServerLaunch.handedPath, "-F", "-c", "exit_on_error=on", "-c",
      "logging_collector=off",
      "template1",
    ]
    try await succeed(launch.run(programs.postgres, single, input: script.raw, lock: lock.file.raw))

    try await succeed(launch.run("sync", ["--file-system", ServerLaunch.handedPath], lock: lock.file.raw))
  }

  private func succeed(_ step: ChildProcess) async throws(PrivateServerError) {
    if try await step.finish(folder.path) == .exit(0) { return }
    throw .program(
      .creationFailed, folder.path, "Making a PostgreSQL cluster in",
      output: FileSystem.text(of: folder.startLog) ?? "", log: folder.startLog)
  }

  /// A pipe that gives `text` and then ends.
  private static func pipe(with text: String) throws(PrivateServerError) -> Descriptor {
    var ends: [Int32] = [-1, -1]
    guard unsafe Glibc.pipe(&ends) == 0 else { throw .system(errno, "a pipe", "Making") }
    let written = unsafe text.utf8.withContiguousStorageIfAvailable {
      unsafe write(ends[1], $0.baseAddress, $0.count)
    }
    close(ends[1])
    let output = Descriptor(adopting: ends[0])
    if written != text.utf8.count { throw .system(errno, "a pipe", "Writing to") }
    return output
  }
}
