import CSpawn
import Glibc
import Synchronization

/// A program started directly with `posix_spawn`, in a session of its own: a ^C or a closed terminal of the
/// starting program does not reach it.
struct ChildProcess: Sendable {
  let id: pid_t

  /// What to run, as whom and with which descriptors.
  struct Command {
    /// Looked up in `PATH` when it has no slash.
    var program: String
    var arguments: [String]
    var environment: [String: String] = [:]
    var user = UserAccount.current
  }

  /// Where the errors of a program go.
  enum Errors {
    /// To what it prints.
    case withOutput
    case nowhere
    case to(Int32)
  }

  /// How a process ended.
  enum Ending: Equatable {
    case exit(Int32)
    case signal(Int32)
    /// Somebody else took note of it.
    case unknown
  }

  /// - Parameters:
  ///   - input: read by the program; `nil` for none.
  ///   - output: takes what it prints.
  ///   - handing: descriptors it gets as 3, 4, ... It gets no other: a pipe of whoever started this program
  ///     would never end.
  init(
    _ command: Command, input: Int32? = nil, output: Int32, errors: Errors = .withOutput,
    handing: [Int32] = []
  ) throws(PrivateServerError) {
    // Copies above all targets, so that no dup2 overwrites a source.
    let null = try Descriptor("/dev/null", O_RDWR)
    let complaints =
      switch errors {
      case .withOutput: output
      case .nowhere: null.raw
      case .to(let descriptor): descriptor
      }
    let wanted = [input ?? null.raw, output, complaints] + handing
    let copies = wanted.map { fcntl($0, F_DUPFD_CLOEXEC, 64) }
    defer { for copy in copies where copy >= 0 { close(copy) } }

    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (target, copy) in copies.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, copy, Int32(target))
    }
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, Int32(copies.count))
    // The current folder may be one that the other user cannot enter.
    unsafe posix_spawn_file_actions_addchdir_np(&actions, "/")

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    Self.resetSignals(&attributes)

    var (program, arguments) = (command.program, command.arguments)
    if !command.user.isCurrent {
      arguments = Self.changeOfUser(to: command.user) + [program] + arguments
      program = "setpriv"
    }
    var started: pid_t = 0
    let failure = unsafe withCStrings([program] + arguments) { argv in
      unsafe withCStrings(command.environment.map { "\($0)=\($1)" }) { environment in
        unsafe posix_spawnp(&started, program, &actions, &attributes, argv, environment)
      }
    }
    if failure != 0 {
      throw PrivateServerError(
        .programsMissing, program,
        unsafe "\(program) could not be run: \(String(cString: strerror(failure)))",
        remedy: program == "setpriv" ? "install util-linux" : "install PostgreSQL's server again")
    }
    id = started
  }

  /// How it ended; `nil` while it runs.
  func ending() -> Ending? {
    var status: Int32 = 0
    let found = unsafe waitpid(id, &status, WNOHANG)
    if found == 0 { return nil }
    Self.left.withLock { _ = $0.remove(id) }
    if found < 0 { return .unknown }
    return status & 0x7f == 0 ? .exit(status >> 8 & 0xff) : .signal(status & 0x7f)
  }

  /// Waits for its end; on cancellation, and when the patience is over, ends it with all that it started.
  func finish(
    _ path: String, patience: Duration = .seconds(600)
  ) async throws(PrivateServerError) -> Ending {
    let wait = Wait(for: path, patience)
    while true {
      if let ending = ending() { return ending }
      do {
        if try await !wait.goesOn() { kill(-id, SIGKILL) }
      } catch {
        kill(-id, SIGKILL)
        waitpid(id, nil, 0)
        throw error
      }
    }
  }

  /// Leaves it running for good, as a server is left. When it ends before this program does, the kernel keeps
  /// it as a zombie until `reapLeft()` or `ending()`.
  func leave() {
    Self.left.withLock { _ = $0.insert(id) }
  }

  /// Takes note of those left that have ended.
  static func reapLeft() {
    left.withLock { $0 = $0.filter { waitpid($0, nil, WNOHANG) == 0 } }
  }

  private static let left = Mutex<Set<pid_t>>([])

  /// An ignored SIGINT or SIGPIPE and a blocked signal would be inherited.
  private static func resetSignals(_ attributes: inout posix_spawnattr_t) {
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(SPAWN_NEW_SESSION | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  }

  /// `setpriv` replaces itself with the program, so the process keeps its id and its parent.
  private static func changeOfUser(to account: UserAccount) -> [String] {
    ["--reuid=\(account.user)", "--regid=\(account.group)", "--clear-groups", "--no-new-privs", "--"]
  }
}

/// Calls `body` with a null-terminated array of C strings.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers: [UnsafeMutablePointer<CChar>?] = unsafe strings.map { unsafe strdup($0) }
  defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
  unsafe pointers.append(nil)
  return unsafe body(&pointers)
}
