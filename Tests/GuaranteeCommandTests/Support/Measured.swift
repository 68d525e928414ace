import Foundation

extension BuiltProgram {
  /// What a run took.
  struct Measured {
    let run: Run
    /// The most memory that it had at once.
    let peakMegabytes: Int
    /// The processor's time that it used, or the limit at which it was ended.
    let seconds: Double
  }

  /// Runs the program and measures it; one that goes on for longer than any file may keep it busy is ended.
  ///
  /// A small process stands between, since a process begins with the peak of the one that starts it.
  func measured(_ arguments: [String]) throws -> Measured {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/python3") else {
      throw NotInstalled(program: "python3")
    }
    let run = try BuiltProgram(path: "/usr/bin/python3", environment: environment)
      .run(["-S", "-c", Self.script, path] + arguments)
    var lines = run.errors.split(separator: "\n", omittingEmptySubsequences: false)
    let figures = lines.removeLast().split(separator: " ").compactMap { Double($0) }
    return Measured(
      run: Run(output: run.output, errors: lines.joined(separator: "\n"), exitCode: Int32(figures[0])),
      peakMegabytes: Int(figures[1]), seconds: figures[2])
  }

  private static let script = """
    import os, resource, sys
    pid = os.fork()
    if pid == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        os.execv(sys.argv[1], sys.argv[1:])
    _, status, used = os.wait4(pid, 0)
    sys.stderr.write("\\n%d %d %f" % (os.waitstatus_to_exitcode(status), used.ru_maxrss >> 10, used.ru_utime + used.ru_stime))
    """
}

/// A program that only tests need is not there: `.ci/install` brings it.
struct NotInstalled: Error {
  let program: String
}
