import Glibc

/// What a cluster's server is doing, as its files, its process and its socket tell.
enum ClusterState: Equatable {
  /// `recorded`: the process that `postmaster.pid` names all the same; it is dead, or is none of this server's.
  case stopped(recorded: pid_t?)
  /// A process is there but takes no connection, or not yet: it starts, recovers or stops.
  case busy(pid_t)
  /// It is ready, but its socket was deleted, so nobody can reach it.
  case unreachable(pid_t)
  case ready(pid_t)

  /// Costs some system calls and no process.
  static func of(_ folder: DataFolder) -> ClusterState {
    guard let file = FileSystem.text(of: folder.cluster + "/postmaster.pid") else {
      return .stopped(recorded: nil)
    }
    // Process, folder, start time, port, socket folder, address, shared memory, state.
    let lines = file.split(separator: "\n", omittingEmptySubsequences: false)
    guard let process = lines.first.flatMap({ pid_t($0) }), process > 0 else {
      return .stopped(recorded: nil)
    }
    let isReady = lines.count > 7 && lines[7].hasPrefix("ready")
    let socket = isReady ? SocketProbe.connect(folder) : .refused
    // Whoever answers in a folder that only its owner may enter is the server, even one whose process cannot
    // be seen from here (a container that shares the folder).
    if socket == .answers { return .ready(process) }
    guard isServer(process, of: folder) else { return .stopped(recorded: process) }
    return socket == .missing ? .unreachable(process) : .busy(process)
  }

  /// Whether the process works in the cluster's folder, as a server does and a process that got the number of
  /// a dead one does not. A zombie works nowhere.
  static func isServer(_ process: pid_t, of folder: DataFolder) -> Bool {
    guard let cluster = FileSystem.identity(of: folder.cluster) else { return false }
    return FileSystem.identity(of: "/proc/\(process)/cwd") == cluster
  }

  /// The cluster's processes, which outlive a killed server for as long as their query takes.
  static func processes(of folder: DataFolder) -> [pid_t] {
    let numbers = ((try? FileSystem.names(in: "/proc")) ?? []).compactMap { pid_t($0) }
    return numbers.filter {
      isServer($0, of: folder) && FileSystem.text(of: "/proc/\($0)/comm") == "postgres\n"
    }
  }
}

/// Whether somebody answers at a cluster's socket.
enum SocketProbe {
  case answers, refused, missing

  static func connect(_ folder: DataFolder) -> SocketProbe {
    guard let cluster = try? Descriptor(folder.cluster, O_RDONLY | O_DIRECTORY) else { return .missing }
    // The way through the descriptor is short enough for any socket.
    let name = "/proc/self/fd/\(cluster.raw)/.s.PGSQL.\(ServerSettings.port)"
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name.utf8) }
    let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard probe >= 0 else { return .refused }
    let connection = Descriptor(adopting: probe)
    // A frozen server's queue fills up; a full one counts as an answer, since somebody owns the socket.
    var patience = timeval(tv_sec: 2, tv_usec: 0)
    unsafe setsockopt(
      connection.raw, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let failed = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Glibc.connect(connection.raw, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) != 0
      }
    }
    if !failed || errno == EAGAIN { return .answers }
    return errno == ENOENT ? .missing : .refused
  }
}
