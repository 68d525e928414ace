import Glibc

/// The folder with the server's programs, and the major version that they are of.
struct ServerPrograms: Sendable, Equatable {
  let folder: String
  let version: String

  var initdb: String { folder + "/initdb" }
  var postgres: String { folder + "/postgres" }

  /// Where to look.
  struct Places: Sendable {
    /// Names its own installation's folder; `nil` to leave it out.
    var pgConfig: String? = "pg_config"
    /// Debian's versions, each with a folder `bin`.
    var debian = "/usr/lib/postgresql"
  }

  /// The programs for a cluster of `version`, or for a new cluster those that `pg_config` names, else the
  /// newest.
  /// - Parameter least: the least major version that will do for a new cluster; `nil` for any.
  /// - Throws: `programsMissing` without any, `otherVersion` without the right ones.
  static func find(for version: String?, least: Int? = nil, of folder: DataFolder, in places: Places)
    async throws(PrivateServerError) -> ServerPrograms
  {
    let found = try await installed(in: places)
    let isFitting = { (programs: ServerPrograms) in
      if let version { programs.version == version } else { programs.major >= least ?? 0 }
    }
    if let fitting = found.first(where: isFitting) { return fitting }
    guard let version, let other = found.first else {
      let package = (version ?? least.map(String.init)).map { "postgresql-" + $0 } ?? "postgresql"
      let what =
        found.isEmpty
        ? "No PostgreSQL server is" : "No PostgreSQL server of version \(least ?? 0) or later is"
      throw PrivateServerError(
        .programsMissing, places.debian, what + " installed here",
        remedy: "install one (on Debian: apt install \(package)) and run the command again")
    }
    throw PrivateServerError(
      .otherVersion, folder.cluster,
      "\(folder.cluster) was made by PostgreSQL \(version), and installed is \(other.version)",
      remedy: "install postgresql-\(version), or bring the data to \(other.version) with pg_upgrade"
        + " or with pg_dumpall and a new data directory")
  }

  /// All that are there: first those that `pg_config` names, then the newest.
  static func installed(in places: Places) async throws(PrivateServerError) -> [ServerPrograms] {
    let named = try await programsNamedByPgConfig(places)
    return ([named].compactMap { $0 } + debianPrograms(places)).filter(\.areInstalled)
  }

  var major: Int { Int(version) ?? 0 }

  private var areInstalled: Bool { unsafe access(initdb, X_OK) == 0 && access(postgres, X_OK) == 0 }

  private static func programsNamedByPgConfig(_ places: Places) async throws(PrivateServerError)
    -> ServerPrograms?
  {
    guard let pgConfig = places.pgConfig else { return nil }
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw .system(errno, pgConfig, "Making a pipe for") }
    let output = Descriptor(adopting: ends[0])
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin"
    let command = ChildProcess.Command(
      program: pgConfig, arguments: ["--bindir", "--version"], environment: ["PATH": path])
    let started = try? ChildProcess(command, output: ends[1], errors: .nowhere)
    close(ends[1])
    guard let child = started, try await child.finish(pgConfig) == .exit(0) else { return nil }
    let lines = FileSystem.text(from: output).split(separator: "\n")
    guard lines.count == 2 else { return nil }
    // "PostgreSQL 15.18 (Debian 15.18-0+deb12u1)"
    let major = lines[1].drop { !$0.isNumber }.prefix { $0.isNumber }
    return ServerPrograms(folder: String(lines[0]), version: String(major))
  }

  /// Newest first.
  private static func debianPrograms(_ places: Places) -> [ServerPrograms] {
    let versions = (try? FileSystem.names(in: places.debian)) ?? []
    return versions.filter { Int($0) != nil }.sorted { Int($0) ?? 0 > Int($1) ?? 0 }
      .map { ServerPrograms(folder: "\(places.debian)/\($0)/bin", version: $0) }
  }
}
