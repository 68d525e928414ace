import Glibc

/// Brings a cluster's server up, whatever state the last one left it in.
struct ServerStart {
  let folder: DataFolder
  let programs: ServerPrograms
  let account: UserAccount
  let patience: Patience

  /// How long to wait for what.
  struct Patience: Sendable {
    /// For another program that makes, starts or stops the same server.
    var lock: Duration = .seconds(120)
    /// For a server that starts: it may have much to recover.
    var start: Duration = .seconds(300)
    /// For the processes of a killed server to finish what they do, before they are ended.
    var leftovers: Duration = .seconds(5)
    /// For a server that stops.
    var stop: Duration = .seconds(60)
  }

  /// Returns when the server takes connections.
  func run() async throws(PrivateServerError) {
    let wait = Wait(for: folder.path, patience.start)
    let leftovers = Wait(for: folder.path, patience.leftovers)
    var interrupted: pid_t?
    var goesOn = true
    while goesOn {
      switch ClusterState.of(folder) {
      case .ready: return
      case .busy: break
      case .unreachable(let process):
        // Its clients go on until the fast shutdown; a new server makes a new socket.
        if interrupted != process { kill(process, SIGINT) }
        interrupted = process
      case .stopped(let recorded):
        try removeUnreadablePidFile()
        if try await startOnce(recorded: recorded, wait) { continue }
        if try await !leftovers.goesOn(after: .milliseconds(50)) {
          for process in ClusterState.processes(of: folder) { kill(process, SIGQUIT) }
        }
      }
      goesOn = try await wait.goesOn()
    }
    throw notReady
  }

  private var notReady: PrivateServerError {
    PrivateServerError(
      .busy, folder.cluster, "The server of \(folder.cluster) was not ready after \(patience.start)",
      remedy: "see \(folder.serverLogs) for what it does; if it recovers, run the command again later")
  }

  /// - Parameter recorded: the process that the last server's file names.
  /// - Returns: `false` when another process still uses the cluster, so that it is worth trying again.
  private func startOnce(recorded: pid_t?, _ wait: Wait) async throws(PrivateServerError) -> Bool {
    let launch = try ServerLaunch(folder, cluster: folder.cluster, account: account)
    // The server trusts a process number that is alive. This one was found to be no server of this cluster;
    // PostgreSQL has a variable for saying so, and goes on to look at the shared memory itself.
    let environment = recorded.map { ["PG_GRANDPARENT_PID": String($0)] } ?? [:]
    unsafe truncate(folder.startLog, 0)
    let logBefore = ServerLog(folder)
    let server = try launch.run(
      programs.postgres, ["-D", ServerLaunch.handedPath] + ServerSettings.fixedArguments,
      environment: environment)
    server.leave()
    guard try await hasEnded(server, wait) else { return true }
    let output = FileSystem.text(of: folder.startLog) ?? ""
    let isTaken = ["pre-existing shared memory block", "already exists", "is empty", "bogus data"]
      .contains(where: output.contains)
    if isTaken { return false }
    // Once its logger runs, the server writes to its own log.
    throw .program(
      .startFailed, folder.cluster, "Starting the server of",
      output: output + ServerLog(folder).since(logBefore),
      log: folder.serverLogs)
  }

  /// Waits until the server is ready or has ended; one that is neither when the wait is over is left alone.
  private func hasEnded(_ server: ChildProcess, _ wait: Wait) async throws(PrivateServerError) -> Bool {
    repeat {
      if case .ready = ClusterState.of(folder) { return false }
      if server.ending() != nil { return true }
    } while try await wait.goesOn()
    throw notReady
  }

  /// A power cut can leave the file empty, and PostgreSQL then asks for somebody to look. Nobody uses the
  /// cluster if no process works in its folder.
  private func removeUnreadablePidFile() throws(PrivateServerError) {
    let path = folder.cluster + "/postmaster.pid"
    guard let text = FileSystem.text(of: path), pid_t(text.prefix { !$0.isNewline }) ?? 0 <= 0 else { return }
    if ClusterState.processes(of: folder).isEmpty { unsafe unlink(path) }
  }
}
