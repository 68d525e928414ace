import ArgumentParser
import Glibc

/// The options by which every command finds its ledger.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A PostgreSQL connection string or URL without a password (or GUARANTEE_DATABASE_URL).",
      valueName: "url"))
  var database: String?

  @Option(
    help: ArgumentHelp(
      "Where the program keeps a private ledger of its own (or GUARANTEE_DATA_DIR).",
      valueName: "directory"),
    completion: .directory)
  var dataDir: String?

  @Option(help: ArgumentHelp("The ledger of this profile (or GUARANTEE_PROFILE).", valueName: "name"))
  var profile: String?

  /// The ledger that the options, the environment and the profiles name.
  func choice() throws(Failure) -> LedgerChoice {
    try LedgerChoice.resolve(
      database: database, dataDirectory: dataDir, profile: profile, variable: { Environment[$0] },
      workingDirectory: Self.workingDirectory)
  }

  static var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }
}
