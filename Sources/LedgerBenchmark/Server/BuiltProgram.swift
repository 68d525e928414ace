import Glibc

/// The programs that were built together with this one.
enum BuiltProgram {
  static var guarantee: ExternalProgram { get throws { try program("guarantee") } }
  static var benchmark: ExternalProgram { get throws { try program("LedgerBenchmark") } }

  private static func program(_ name: String) throws -> ExternalProgram {
    guard let own = realpath("/proc/self/exe", nil) else {
      throw BenchmarkError("This program's own file was not found.")
    }
    defer { free(own) }
    let folder = String(cString: own).split(separator: "/").dropLast().joined(separator: "/")
    return ExternalProgram(path: "/\(folder)/\(name)")
  }
}
