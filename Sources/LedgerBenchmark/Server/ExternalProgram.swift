import Dispatch
import FoundationEssentials
import Glibc

/// A program of somebody else's, run to its end.
struct ExternalProgram: Sendable {
  /// Looked up in `PATH` when it has no slash.
  let path: String
  /// What stands before the program on the command line, such as another program that changes the user.
  var prefix: [String] = []

  /// The program as it runs in a folder.
  func running(in folder: String) -> ExternalProgram {
    ExternalProgram(path: path, prefix: ["env", "--chdir=\(folder)"] + prefix)
  }

  struct Run: Sendable {
    let duration: Duration
    /// How long it kept processors busy, of its own and the kernel's.
    let processorTime: Duration
    let output: String
    /// The most memory that it had in use; 0 when that was not watched.
    let peakBytes: Int
  }

  /// What becomes of what it prints.
  enum Output: Sendable {
    case kept, thrownAway
  }

  /// - Parameter watchesMemory: looks at the memory again and again, which a measured duration would show.
  /// - Throws: `BenchmarkError` with what it printed when it fails, `CancellationError`.
  func run(
    _ arguments: [String], output: Output = .thrownAway, watchesMemory: Bool = false
  ) throws -> Run {
    let kept = try TemporaryFile()
    let errors = try TemporaryFile()
    let clock = ContinuousClock()
    let start = clock.now
    let process = try spawn(
      prefix + [path] + arguments, output: output == .kept ? kept.descriptor : nil, errors: errors.descriptor)
    let peak = watchesMemory ? Self.watchMemory(of: process) : 0
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
    let duration = clock.now - start
    try Task.checkCancellation()
    guard status == 0 else {
      throw BenchmarkError(
        "\(([path] + arguments).joined(separator: " ")) failed:\n\(errors.text)\(kept.text)")
    }
    return Run(
      duration: duration, processorTime: Duration(usage.ru_utime) + Duration(usage.ru_stime),
      output: kept.text,
      peakBytes: peak)
  }

  /// Runs it without holding up a thread that tasks share; what it prints is kept.
  func runInBackground(_ arguments: [String]) async throws -> Run {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(with: Result { try run(arguments, output: .kept) })
      }
    }
  }

  private func spawn(_ words: [String], output: Int32?, errors: Int32) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output, 1)
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, errors, 2)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // This program ignores ^C, and threads of the pool block every signal: children would inherit both.
    var (all, none) = (sigset_t(), sigset_t())
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var argv = words.map { strdup($0) } + [nil]
    var environment = ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in argv + environment { free(text) } }
    var process: pid_t = 0
    let failure = posix_spawnp(&process, words[0], &actions, &attributes, &argv, &environment)
    guard failure == 0 else {
      throw BenchmarkError("\(words[0]) could not be run: \(String(cString: strerror(failure)))")
    }
    return process
  }

  /// Looks until the process has ended; leaves it to be waited for.
  ///
  /// The kernel's own account of an ended child would count this program's memory, in which it began.
  private static func watchMemory(of process: pid_t) -> Int {
    var peak = 0
    var found = siginfo_t()
    while waitid(P_PID, id_t(process), &found, WEXITED | WNOHANG | WNOWAIT) == 0, found.si_signo == 0 {
      peak = max(peak, highWaterMark(of: process))
      usleep(2_000)
    }
    return peak
  }

  private static func highWaterMark(of process: pid_t) -> Int {
    guard let file = fopen("/proc/\(process)/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        .split(whereSeparator: \.isWhitespace)
      if words.count == 3, words[0] == "VmHWM:" { return (Int(words[1]) ?? 0) * 1024 }
    }
    return 0
  }
}

extension Duration {
  fileprivate init(_ time: timeval) {
    self = .seconds(time.tv_sec) + .microseconds(time.tv_usec)
  }
}

/// A file without a name, for what a program prints.
private final class TemporaryFile {
  let descriptor: Int32

  init() throws {
    var template = Array("/tmp/ledger-benchmark-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw BenchmarkError("No temporary file could be made in /tmp.") }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
  }

  deinit { close(descriptor) }

  var text: String {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { space, count in
      count = max(0, pread(descriptor, space.baseAddress, size, 0))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
