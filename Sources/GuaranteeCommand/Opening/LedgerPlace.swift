/// Where a command's ledger is found.
enum LedgerPlace: Equatable {
  /// A server that others run; the text is any libpq connection string.
  case foreign(connectionString: String)
  /// A private server of this program's own, in an absolute directory.
  case `private`(dataDirectory: String)

  /// Decides by what was given: an argument before the environment, a database before a directory.
  ///
  /// - Parameters:
  ///   - variable: looks up an environment variable.
  ///   - workingDirectory: what a relative directory starts from.
  /// - Throws: `Failure` with the code for wrong usage.
  static func resolve(
    database: String?, dataDirectory: String?,
    variable: (String) -> String?, workingDirectory: String
  ) throws(Failure) -> LedgerPlace {
    if let database {
      guard dataDirectory == nil else {
        throw Failure(.usage, "Give either --database or --data-dir: they are two different ledgers.")
      }
      guard !database.isEmpty else { throw Failure(.usage, "--database needs a connection string.") }
      return .foreign(connectionString: database)
    }
    if let dataDirectory {
      guard !dataDirectory.isEmpty else { throw Failure(.usage, "--data-dir needs a directory.") }
      return .private(dataDirectory: absolute(dataDirectory, workingDirectory))
    }
    func given(_ name: String) -> String? {
      variable(name).flatMap { $0.isEmpty ? nil : $0 }
    }
    if let url = given("GUARANTEE_DATABASE_URL") { return .foreign(connectionString: url) }
    if let directory = given("GUARANTEE_DATA_DIR") {
      return .private(dataDirectory: absolute(directory, workingDirectory))
    }
    // The XDG rules say that a relative directory is to be ignored.
    if let data = given("XDG_DATA_HOME"), data.hasPrefix("/") {
      return .private(dataDirectory: data + "/guarantee")
    }
    if let home = given("HOME"), home.hasPrefix("/") {
      return .private(dataDirectory: home + "/.local/share/guarantee")
    }
    throw Failure(.usage, "There is no home directory to keep a ledger in: say where with --data-dir.")
  }

  private static func absolute(_ path: String, _ workingDirectory: String) -> String {
    var path = path.hasPrefix("/") ? path : workingDirectory + "/" + path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }
}
