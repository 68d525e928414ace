import Glibc

/// What is found of a private server's folder without changing anything there.
package struct FolderExamination: Sendable {
  /// Whether there is such a folder already.
  package let isThere: Bool
  /// Why the program can't use it; `nil` when it can.
  package let hindrance: PrivateServerError?
  /// The user that the folder belongs to, or the one above it where there is none yet.
  package let owner: String
  /// Whether others than the owner may read or change what is in it.
  package let isOpenToOthers: Bool
  /// Whether the cluster's rights are so wide that PostgreSQL refuses to start on it.
  package let isTooOpenToStart: Bool
  /// The cluster's folder, whose rights these are.
  package let cluster: String
  /// How much room there is on its disk, in megabytes; `nil` when that can't be found out.
  package let freeMegabytes: Int?
  /// Whether another program holds the folder at this moment, to make, start or stop the server.
  package let isHeld: Bool
}

extension PrivateServer {
  /// Looks at the folder and makes nothing.
  package func examineFolder() -> FolderExamination {
    let there = nearestFolder
    let status = try? FileSystem.status(of: there)
    let cluster = try? FileSystem.status(of: folder.cluster)
    let clusterMode = cluster.map { $0.st_mode } ?? 0
    let owner = UserAccount(user: status?.st_uid ?? 0, group: status?.st_gid ?? 0)
    var disk = statvfs()
    let hasDisk = unsafe statvfs(there, &disk) == 0
    return FolderExamination(
      isThere: there == folder.path, hindrance: hindrance(in: there), owner: owner.name,
      isOpenToOthers: there == folder.path && (status?.st_mode ?? 0) & 0o022 != 0,
      isTooOpenToStart: clusterMode & 0o027 != 0, cluster: folder.cluster,
      freeMegabytes: hasDisk ? Int((UInt64(disk.f_bavail) * UInt64(disk.f_frsize)) >> 20) : nil,
      isHeld: isHeld)
  }

  /// The server's programs that this folder's cluster is run with, or a new one would be: their folder and version.
  package func programs() async throws(PrivateServerError) -> (folder: String, version: String) {
    let found = try await ServerPrograms.find(
      for: folder.clusterVersion, least: nil, of: folder, in: programPlaces)
    return (found.folder, found.version)
  }

  /// The folder, or the nearest one above it that is there.
  private var nearestFolder: String {
    var path = folder.path
    while unsafe access(path, F_OK) != 0, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      path = String(path[..<slash])
    }
    return unsafe access(path, F_OK) == 0 ? path : "/"
  }

  private func hindrance(in there: String) -> PrivateServerError? {
    do throws(PrivateServerError) {
      var status = stat()
      if unsafe stat(there, &status) != 0 { throw .system(errno, there, "Looking at") }
      guard FileSystem.isFolder(status) else { throw .notADirectory(there) }
      if try FileSystem.status(of: folder.cluster) != nil {
        _ = try folder.prepare()
        _ = try UserAccount.running(folder)
      }
      if unsafe access(there, W_OK | X_OK) != 0 { throw .system(errno, there, "Writing in") }
      guard let disk = FileSystem.disk(of: there) else { return nil }
      if disk.isReadOnly { throw .readOnly(there) }
      if disk.isFull { throw .diskFull(there) }
      return nil
    } catch {
      return error
    }
  }

  private var isHeld: Bool {
    guard let file = try? Descriptor(folder.lock, O_RDONLY) else { return false }
    if flock(file.raw, LOCK_SH | LOCK_NB) == 0 { return false }
    return errno == EWOULDBLOCK
  }
}
