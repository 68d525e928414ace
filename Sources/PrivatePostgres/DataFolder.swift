import Glibc

/// The ledger's own folder, and what is where in it.
///
///     lock                 held by the program that makes, starts or stops the server
///     start.log            what the last start said
///     cluster/             the PostgreSQL cluster; its socket and its log/ are inside
///     cluster.unfinished/  a cluster in the making, renamed when it is whole
struct DataFolder: Sendable, Equatable {
  let path: String

  /// - Parameter path: relative paths count from the current folder.
  init(_ path: String) {
    var absolute = path.hasPrefix("/") ? path : Self.currentFolder + "/" + path
    while absolute.count > 1, absolute.hasSuffix("/") { absolute.removeLast() }
    self.path = absolute
  }

  var cluster: String { path + "/cluster" }
  var unfinishedCluster: String { path + "/cluster.unfinished" }
  var lock: String { path + "/lock" }
  var startLog: String { path + "/start.log" }
  var serverLogs: String { cluster + "/log" }

  /// The major version that made the cluster, such as `15`; `nil` without a cluster.
  var clusterVersion: String? {
    FileSystem.text(of: cluster + "/PG_VERSION")
      .map { String($0.prefix { !$0.isWhitespace }) }
      .flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Makes the folder if it is missing, and makes sure that it is this program's to use.
  /// - Returns: whether there is a cluster already.
  /// - Throws: `notADirectory`, `notOurs`, `damaged` or an error of the file system.
  func prepare() throws(PrivateServerError) -> Bool {
    try FileSystem.makeFolders(path)
    var status = stat()
    if unsafe stat(path, &status) != 0 { throw .system(errno, path, "Looking at") }
    guard FileSystem.isFolder(status) else { throw .notADirectory(path) }
    if try FileSystem.status(of: cluster) != nil {
      try checkCluster()
      return true
    }
    try checkNothingElse()
    return false
  }

  private func checkCluster() throws(PrivateServerError) {
    let owner = try UserAccount.running(self)
    if clusterVersion != nil { return }
    guard owner.isCurrent || UserAccount.current.user == 0 else { throw .permissionDenied(cluster) }
    throw PrivateServerError(
      .damaged, cluster, "\(cluster) has no PG_VERSION and so is no whole PostgreSQL cluster",
      remedy: "restore it from a backup, or move it away to begin anew")
  }

  private func checkNothingElse() throws(PrivateServerError) {
    // The cluster too: another program may have renamed it into place a moment ago.
    let ours: Set = [lock, startLog, unfinishedCluster, cluster, path + "/lost+found"]
    for name in try FileSystem.names(in: path).sorted() where !ours.contains(path + "/" + name) {
      throw PrivateServerError(
        .notOurs, path, "\(path) holds other files (\(name)) and no ledger",
        remedy: "choose an empty or new folder as data directory")
    }
  }

  /// Opens a file of the folder that programs of all its users share. Made by root in another user's folder,
  /// it is handed to that user, who could not write it otherwise.
  func openShared(_ file: String, _ flags: Int32) throws(PrivateServerError) -> Descriptor {
    let opened = try Descriptor(file, flags | O_CREAT)
    var owner = stat()
    if geteuid() == 0, unsafe stat(path, &owner) == 0, owner.st_uid != 0 {
      _ = fchown(opened.raw, owner.st_uid, owner.st_gid)
    }
    return opened
  }

  private static var currentFolder: String {
    guard let folder = unsafe getcwd(nil, 0) else { return "" }
    defer { unsafe free(folder) }
    return unsafe String(cString: folder)
  }
}
