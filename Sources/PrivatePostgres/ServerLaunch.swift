import Glibc

/// A cluster's folder, opened to be handed to PostgreSQL's programs.
///
/// They get it as descriptor 3 and as path `/proc/self/fd/3`. Going there needs no permission on the folders
/// above, so the server's user can work below root's closed home; and neither the path's length nor a blank,
/// quote or comma in it matter to any of the programs.
struct ServerLaunch: ~Copyable {
  static let handedPath = "/proc/self/fd/3"

  private let account: UserAccount
  private let cluster: Descriptor
  private let log: Descriptor

  init(_ folder: DataFolder, cluster path: String, account: UserAccount) throws(PrivateServerError) {
    let opened = try Descriptor(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    log = try folder.openShared(folder.startLog, O_WRONLY | O_APPEND)
    cluster = opened
    self.account = account
  }

  /// Makes the server's user the owner of the folder.
  func handOver(_ path: String) throws(PrivateServerError) {
    if account.isCurrent { return }
    if fchown(cluster.raw, account.user, account.group) != 0 { throw .system(errno, path, "Handing over") }
  }

  /// - Parameters:
  ///   - input: read by the program; `nil` for none.
  ///   - environment: on top of the least that it needs. Nothing is inherited: `PGPORT` and the like would
  ///     change the server.
  ///   - lock: kept until the program ends; `nil` for a server, which outlives the start.
  func run(
    _ program: String, _ arguments: [String], input: Int32? = nil, environment: [String: String] = [:],
    lock: Int32? = nil
  ) throws(PrivateServerError) -> ChildProcess {
    var variables = ["LC_ALL": "C", "PATH": "/usr/local/bin:/usr/bin:/bin"]
    if let libraries = unsafe getenv("LD_LIBRARY_PATH") {
      variables["LD_LIBRARY_PATH"] = unsafe String(cString: libraries)
    }
    variables.merge(environment) { $1 }
    let command = ChildProcess.Command(
      program: program, arguments: arguments, environment: variables, user: account)
    return try ChildProcess(
      command, input: input, output: log.raw, handing: [cluster.raw] + (lock.map { [$0] } ?? []))
  }
}
