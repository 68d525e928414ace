import Glibc

/// The program that shows what is longer than the window, page by page.
final class Pager {
  /// Whether there may be one: what `--no-pager` says for all that the program does.
  @TaskLocal static var isWanted = true

  /// Where to write what it shows.
  let descriptor: Int32
  private let process: UnsafeMutablePointer<FILE>

  /// Starts the program that `PAGER` names, or else `less`, which leaves by itself what fits the window after all.
  ///
  /// - Returns: `nil` when none is wanted, or there is no such program.
  static func start() -> Pager? {
    guard let command = command(variable: { Environment[$0] }), isInstalled(command) else { return nil }
    setenv("LESS", "-FRX " + prompt, 0)
    setenv("LESSCHARSET", "utf-8", 0)
    guard let process = popen(command, "we") else { return nil }
    // ^C is for whoever reads: it ends a search in the pager and not the program under it.
    signal(SIGINT, SIG_IGN)
    return Pager(process)
  }

  /// The option that makes less say how to go on and how to leave it. In every language the same: less takes other letters
  /// than those of ASCII apart in its prompt.
  private static let prompt = "-PsSpace\\: next page, b\\: back, q\\: quit$"

  /// What to start; `nil` when `PAGER` says that there is to be none.
  static func command(variable: (String) -> String?) -> String? {
    let command = variable("PAGER") ?? "less"
    return command.isEmpty || command == "cat" ? nil : command
  }

  private init(_ process: UnsafeMutablePointer<FILE>) {
    self.process = process
    descriptor = fileno(process)
  }

  /// Waits until everything was read, or nobody wants to read more.
  deinit { pclose(process) }

  private static func isInstalled(_ command: String) -> Bool {
    let program = String(command.prefix { $0 != " " })
    if program.contains("/") { return access(program, X_OK) == 0 }
    return (Environment["PATH"] ?? "").split(separator: ":").contains {
      access("\($0)/\(program)", X_OK) == 0
    }
  }
}
