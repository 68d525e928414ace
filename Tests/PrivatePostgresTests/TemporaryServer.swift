import FoundationEssentials
import Glibc
import Testing

@testable import PrivatePostgres

/// A private server of a test's own in a folder of its own, both gone at the end.
struct TemporaryServer {
  /// The test's folder; the ledger's is inside.
  let folder: String
  var server: PrivateServer

  var dataFolder: DataFolder { server.folder }

  /// - Parameters:
  ///   - path: of the ledger's folder, below the test's.
  ///   - hasCluster: whether the server was started and stopped before.
  static func with(
    _ path: String = "ledger", hasCluster: Bool = false, _ body: (TemporaryServer) async throws -> Void
  ) async throws {
    let folder = try makeFolder(in: base)
    var server = PrivateServer(dataDirectory: folder + "/" + path)
    // On a machine that many tests share, each may be slow.
    server.patience.lock = .seconds(600)
    server.patience.start = .seconds(600)
    server.patience.stop = .seconds(600)
    let test = TemporaryServer(folder: folder, server: server)
    do {
      if hasCluster { try await test.takeCluster() }
      try await body(test)
      try await test.cleanUp()
    } catch {
      try? await test.cleanUp()
      throw error
    }
  }

  /// In memory where there is room for all tests' clusters at once: most of a test's time is the disk's.
  private static let base: String = {
    var memory = statvfs()
    guard statvfs("/dev/shm", &memory) == 0, access("/dev/shm", W_OK) == 0 else { return "/tmp" }
    return UInt64(memory.f_bavail) * UInt64(memory.f_frsize) > 4 << 30 ? "/dev/shm" : "/tmp"
  }()

  private static func makeFolder(in base: String) throws -> String {
    var template = Array("\(base)/guarantee-test-XXXXXX".utf8CString)
    return try #require(mkdtemp(&template).map { String(cString: $0) })
  }

  private func cleanUp() async throws {
    _ = try await server.stop()
    for process in ClusterState.processes(of: dataFolder) { kill(process, SIGKILL) }
    try FileSystem.remove(folder)
  }

  /// Copies a cluster that one test made for all.
  func takeCluster() async throws {
    try FileSystem.makeFolders(dataFolder.path)
    let made = try await Self.madeCluster.value
    try #require(try await run("cp", ["-a", made, dataFolder.cluster]).ending == .exit(0))
  }

  private static let madeCluster = Task {
    let server = PrivateServer(dataDirectory: "\(base)/guarantee-test-made-\(getpid())")
    _ = try await server.start()
    _ = try await server.stop()
    atexit { try? FileSystem.remove("\(base)/guarantee-test-made-\(getpid())") }
    return server.folder.cluster
  }

  /// The probe where any user may run it, which is perhaps not where the tests were built, and not in memory.
  /// Copied by another process: a file that this one has open for writing could not be run at the same time.
  static let probeForAll = Task {
    let copy = "/tmp/guarantee-test-probe-\(getpid())"
    try await run("cp", [probe, copy])
    atexit { unlink("/tmp/guarantee-test-probe-\(getpid())") }
    try #require(chmod(copy, 0o755) == 0)
    return copy
  }

  /// Kills the server as a crash would, and waits until it is dead.
  func killServer() async throws {
    let process = try process()
    try #require(kill(process, SIGKILL) == 0)
    // Its socket may be taken from it a moment after its place; until then it seems to answer.
    try await until("the server's death") {
      if case .ready = ClusterState.of(dataFolder) { return false }
      return !ClusterState.isServer(process, of: dataFolder)
    }
  }

  /// The server's process.
  func process() throws -> pid_t {
    try #require(server.status().process)
  }

  /// What psql prints for a statement: values separated by `|`, one row a line.
  func query(_ sql: String) async throws -> String {
    try await psql(server.start(), sql)
  }
}

/// What psql prints for a statement when it gets the connection string as it is.
func psql(_ connection: String, _ sql: String) async throws -> String {
  try await run("psql", [connection, "-XAtqc", sql]).output
}

/// Runs a program to its end.
/// - Returns: what it printed, without the last line break, and how it ended.
@discardableResult
func run(_ program: String, _ arguments: [String], as user: UserAccount = .current) async throws
  -> (output: String, ending: ChildProcess.Ending)
{
  var ends: [Int32] = [-1, -1]
  try #require(pipe(&ends) == 0)
  let child = try ChildProcess(
    .init(
      program: program, arguments: arguments, environment: ["PATH": "/usr/bin:/bin:/usr/sbin"], user: user),
    output: ends[1])
  close(ends[1])
  let reader = Descriptor(adopting: ends[0])
  let ending = try await child.finish(program)
  // Ends when nobody has the other end any more: a server that kept it would hang the test.
  let output = FileSystem.text(from: reader)
  return (output.hasSuffix("\n") ? String(output.dropLast()) : output, ending)
}

/// The program that starts and stops servers from a process of its own.
let probe: String = {
  let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
  return tests[..<(tests.lastIndex(of: "/") ?? tests.endIndex)] + "/PrivatePostgresProbe"
}()

/// Waits until something outside has happened.
func until(_ what: String, _ holds: () throws -> Bool) async throws {
  let wait = Wait(for: what, .seconds(600))
  while try !holds() {
    try #require(try await wait.goesOn(), "\(what) did not happen")
  }
}

/// The error that a start fails with.
func startError(_ server: PrivateServer) async throws -> PrivateServerError {
  do {
    let connection = try await server.start()
    throw UnexpectedStart(connection: connection)
  } catch let error as PrivateServerError {
    return error
  }
}

private struct UnexpectedStart: Error {
  let connection: String
}
