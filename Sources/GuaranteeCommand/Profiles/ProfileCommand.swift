import ArgumentParser
import GuaranteeLedger

/// `guarantee profile`: names for ledgers.
struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "Names for ledgers, so that nobody types connection strings.",
    discussion: """
      Any command takes --profile NAME. The default counts when neither the command line nor the environment says \
      where the ledger is. Profiles are kept in guarantee/profiles.json in the XDG configuration directory, and \
      have no passwords: those belong in ~/.pgpass or a service file.

      Example: guarantee profile add qingdao --database service=guarantee --office QINGDAO --default
      """,
    subcommands: [ProfileAdd.self, ProfileList.self, ProfileUse.self, ProfileRemove.self])
}

/// `guarantee profile add`.
struct ProfileAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Adds a profile, or changes the one of that name.",
    discussion: "Example: guarantee profile add qingdao --database service=guarantee --office QINGDAO")

  @Argument(help: "What to call it.") var name: String
  @Option(help: ArgumentHelp("A PostgreSQL connection string or URL without a password.", valueName: "url"))
  var database: String?
  @Option(
    help: ArgumentHelp("The folder of a private ledger.", valueName: "directory"), completion: .directory)
  var dataDir: String?
  @Option(help: ArgumentHelp("The office that you work for.", valueName: "office")) var office: String?
  @Flag(help: "Make it the one that counts when nothing else is said.") var `default` = false

  func run() throws {
    guard database != nil || dataDir != nil else {
      throw Failure(.usage, "Say where the ledger is: --database or --data-dir.")
    }
    let place = try LedgerPlace.given(database: database, dataDirectory: dataDir)
    try place?.check()
    var profile = Profile(office: office)
    switch place {
    case .foreign(let text): profile.database = text
    case .private(let directory): profile.dataDirectory = directory
    case nil: break
    }
    var all = try ProfileFile.own.read()
    all.profiles[name] = profile
    if `default` || all.profiles.count == 1 { all.default = name }
    try ProfileFile.own.write(all)
  }
}

/// `guarantee profile list`.
struct ProfileList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the profiles.", discussion: "Example: guarantee profile list")

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let all = try ProfileFile.own.read()
    let sink = ByteSink.standardOutput()
    let columns = ["profile", "default", "database", "data_directory", "office"].map { name in
      OutputColumn(name, name == "default" ? .boolean : .text)
    }
    var writer = try output.writer(columns, to: sink)
    for (name, profile) in all.profiles.sorted(by: { $0.key < $1.key }) {
      try writer.write([
        name, name == all.default ? "true" : "false", profile.database.flatMap(LedgerPlace.shown),
        profile.dataDirectory, profile.office,
      ])
    }
    try writer.finish()
    try sink.flush()
  }
}

/// `guarantee profile use`.
struct ProfileUse: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "use", abstract: "Makes a profile the one that counts when nothing else is said.",
    discussion: "Example: guarantee profile use qingdao")

  @Argument(help: "The profile.") var name: String

  func run() throws {
    try ProfileFile.own.change(name) { $0.default = name }
  }
}

/// `guarantee profile remove`.
struct ProfileRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Removes a profile; the ledger stays as it is.",
    discussion: "Example: guarantee profile remove qingdao")

  @Argument(help: "The profile.") var name: String

  func run() throws {
    try ProfileFile.own.change(name) { all in
      all.profiles[name] = nil
      if all.default == name { all.default = nil }
    }
  }
}
