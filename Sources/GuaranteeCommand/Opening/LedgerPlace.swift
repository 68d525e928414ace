/// Where a command's ledger is found.
enum LedgerPlace: Equatable {
  /// A server that others run; the text is any libpq connection string.
  case foreign(connectionString: String)
  /// A private server of this program's own, in an absolute directory.
  case `private`(dataDirectory: String)

  /// What an argument or a profile says; `nil` when neither of both is given.
  ///
  /// - Throws: `Failure` with the code for wrong usage.
  static func given(
    database: String?, dataDirectory: String?, workingDirectory: String = LedgerOptions.workingDirectory
  ) throws(Failure) -> LedgerPlace? {
    if let database {
      guard dataDirectory == nil else {
        throw Failure(.usage, "Give either --database or --data-dir: they are two different ledgers.")
      }
      guard !database.isEmpty else { throw Failure(.usage, "--database needs a connection string.") }
      return .foreign(connectionString: database)
    }
    guard let dataDirectory else { return nil }
    guard !dataDirectory.isEmpty else { throw Failure(.usage, "--data-dir needs a directory.") }
    return .private(dataDirectory: absolute(dataDirectory, workingDirectory))
  }

  static func absolute(_ path: String, _ workingDirectory: String) -> String {
    var path = path.hasPrefix("/") ? path : workingDirectory + "/" + path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }
}
