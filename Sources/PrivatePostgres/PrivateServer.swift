import Glibc

/// A PostgreSQL server for one ledger on this machine: made on first use, without a port or a password, and
/// running on after the program that started it.
package struct PrivateServer: Sendable {
  let folder: DataFolder
  var programPlaces = ServerPrograms.Places()
  var runtimeFolders = SocketPath.usualRuntimeFolders
  var patience = ServerStart.Patience()

  private let leastVersion: Int?

  /// - Parameters:
  ///   - dataDirectory: the ledger's own folder; made by the first start.
  ///   - leastVersion: the least major version of PostgreSQL that will do for a new cluster; `nil` for any.
  package init(dataDirectory: String, leastVersion: Int? = nil) {
    folder = DataFolder(dataDirectory)
    self.leastVersion = leastVersion
  }

  /// The folder, as an absolute path.
  package var dataDirectory: String { folder.path }

  /// Makes sure that the server runs: in milliseconds when it does, else by starting it, after making the
  /// cluster if there is none. A server killed at this very moment may still be found; the connection then
  /// fails, and starting again is the answer.
  /// - Returns: a connection string for the database `guarantee` as user `guarantee`, which psql takes as it is.
  package func start() async throws(PrivateServerError) -> String {
    if !isReady { try await startUnderLock() }
    return try socketPath.connectionString()
  }

  /// Ends the server quickly but in order: running transactions are rolled back, clients are disconnected.
  /// Returns when it is gone.
  /// - Returns: `false` when it did not run.
  package func stop() async throws(PrivateServerError) -> Bool {
    guard runningProcess != nil else { return false }
    let lock = try await FolderLock.take(folder, patience: patience.lock)
    guard let process = runningProcess else { return false }
    guard ClusterState.isServer(process, of: folder), kill(process, SIGINT) == 0 else {
      throw stopError("runs as another user or in another container", remedy: "stop it from there")
    }
    let wait = Wait(for: folder.path, patience.stop)
    // Its logger ends a moment after it, and would still keep a disk from being unmounted.
    while ClusterState.isServer(process, of: folder) || !ClusterState.processes(of: folder).isEmpty {
      guard try await wait.goesOn() else {
        throw stopError("did not stop within \(patience.stop)", remedy: "see \(folder.serverLogs) for why")
      }
    }
    ChildProcess.reapLeft()
    socketPath.removeLinks()
    _ = consume lock
    return true
  }

  /// What runs where; starts nothing.
  package func status() -> PrivateServerStatus {
    PrivateServerStatus(folder, ClusterState.of(folder), socketPath)
  }

  private var socketPath: SocketPath { SocketPath(folder: folder, runtimeFolders: runtimeFolders) }

  private var isReady: Bool {
    if case .ready = ClusterState.of(folder) { true } else { false }
  }

  private var runningProcess: pid_t? {
    switch ClusterState.of(folder) {
    case .stopped: nil
    case .busy(let process), .unreachable(let process), .ready(let process): process
    }
  }

  private func startUnderLock() async throws(PrivateServerError) {
    ChildProcess.reapLeft()
    _ = try folder.prepare()
    let lock = try await FolderLock.take(folder, patience: patience.lock)
    if isReady { return }
    // Again, since another program may have made the cluster in the meantime.
    let hasCluster = try folder.prepare()
    let account = try UserAccount.running(folder)
    let programs = try await ServerPrograms.find(
      for: hasCluster ? folder.clusterVersion : nil, least: leastVersion, of: folder, in: programPlaces)
    if !hasCluster {
      unsafe truncate(folder.startLog, 0)
      try await ClusterCreation(folder: folder, programs: programs, account: account).run(holding: lock)
    }
    try await ServerStart(folder: folder, programs: programs, account: account, patience: patience).run()
    _ = consume lock
  }

  private func stopError(_ what: String, remedy: String) -> PrivateServerError {
    PrivateServerError(
      .stopFailed, folder.cluster, "The server of \(folder.cluster) \(what)", remedy: remedy)
  }
}
