/// Where a private server is and what it does.
package struct PrivateServerStatus: Sendable, Equatable {
  package enum State: String, Sendable {
    /// No cluster was made yet.
    case absent
    case stopped
    /// It starts, recovers or stops, or cannot be reached.
    case busy
    case running
  }

  package let state: State
  package let dataDirectory: String
  /// The server's process; `nil` when it doesn't run.
  package let process: Int32?
  /// PostgreSQL's major version, such as `15`; `nil` without a cluster.
  package let version: String?
  /// The folder for libpq's `host`; `nil` when it doesn't run.
  package let socketFolder: String?
  /// What psql takes as it is; `nil` when it doesn't run.
  package let connectionString: String?
  /// The folder with the server's logs, one file for each weekday.
  package let logs: String

  init(_ folder: DataFolder, _ cluster: ClusterState, _ socket: SocketPath) {
    (state, process) =
      switch cluster {
      case .stopped: (folder.clusterVersion == nil ? .absent : .stopped, nil)
      case .busy(let process), .unreachable(let process): (.busy, process)
      case .ready(let process): (.running, process)
      }
    dataDirectory = folder.path
    version = folder.clusterVersion
    socketFolder = state == .running ? try? socket.hostFolder() : nil
    connectionString = state == .running ? try? socket.connectionString() : nil
    logs = folder.serverLogs
  }
}
