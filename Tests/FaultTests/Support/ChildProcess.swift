import Glibc
import Synchronization

/// A program that runs, with files for its input and outputs.
///
/// Foundation learns of a child's end by a socket that children which are started meanwhile keep open: beside servers that
/// stay it may never learn of it.
final class ChildProcess: Sendable {
  let id: Int32
  private let ending = Mutex<Int32?>(nil)

  struct NotStarted: Error { let program: String, number: Int32 }

  /// - Parameter command: the program's path, and its arguments.
  init(
    _ command: [String], environment: [String: String], input: String = "/dev/null",
    output: String = "/dev/null", errors: String = "/dev/null"
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var words = command.map { strdup($0) } + [nil]
    var settings = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + settings { free(text) } }
    var id: Int32 = 0
    let number = posix_spawn(&id, command[0], &actions, nil, &words, &settings)
    guard number == 0 else { throw NotStarted(program: command[0], number: number) }
    self.id = id
  }

  /// Blocks until it has ended.
  ///
  /// - Returns: How: the exit code, or 128 and the number of the signal that ended it.
  func exitCode() -> Int32 {
    // Its number stays its own until it is looked at under the lock.
    var info = siginfo_t()
    while waitid(P_PID, id_t(id), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    return ending.withLock { ending in
      if let ending { return ending }
      var status: Int32 = 0
      waitpid(id, &status, 0)
      let signal = status & 0x7F
      let code = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
      ending = code
      return code
    }
  }

  /// Sends it a signal.
  ///
  /// - Returns: Whether it was still there.
  @discardableResult
  func signal(_ signal: Int32) -> Bool {
    ending.withLock { $0 == nil && kill(id, signal) == 0 }
  }
}
