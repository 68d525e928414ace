/// Which ledger a command is about, and what says so.
struct LedgerChoice: Equatable {
  let place: LedgerPlace
  /// What said it, for people: an option, a variable, a profile.
  let source: String
  /// The office that the person works for; `nil` when no profile says.
  var office: String?

  /// Decides by what was given: an argument before the environment, a database before a directory, and the default
  /// profile before a ledger in the home directory.
  ///
  /// - Parameters:
  ///   - profile: the name of the profile that was asked for.
  ///   - variable: looks up an environment variable.
  ///   - workingDirectory: what a relative directory starts from.
  /// - Throws: `Failure` with the code for wrong usage.
  static func resolve(
    database: String?, dataDirectory: String?, profile: String? = nil,
    variable: (String) -> String?, workingDirectory: String
  ) throws(Failure) -> LedgerChoice {
    let file = ProfileFile(variable: variable)
    func choice(_ name: String, of profiles: Profiles, source: String) throws(Failure) -> LedgerChoice {
      let profile = try profiles.profile(name)
      guard let place = profile.place else {
        throw Failure(.usage, "The profile '\(name)' doesn't say where its ledger is: add it anew.")
      }
      return LedgerChoice(place: place, source: "\(source) \(name)", office: profile.office)
    }
    let argument = try LedgerPlace.given(
      database: database, dataDirectory: dataDirectory, workingDirectory: workingDirectory)
    if let profile {
      guard argument == nil else {
        throw Failure(
          .usage, "Give either --profile or the ledger itself: a profile says where the ledger is.")
      }
      return try choice(profile, of: file.read(), source: "--profile")
    }
    if let argument {
      return LedgerChoice(place: argument, source: database == nil ? "--data-dir" : "--database")
    }
    func given(_ name: String) -> String? {
      variable(name).flatMap { $0.isEmpty ? nil : $0 }
    }
    if let name = given("GUARANTEE_PROFILE") {
      return try choice(name, of: file.read(), source: "GUARANTEE_PROFILE")
    }
    if let url = given("GUARANTEE_DATABASE_URL") {
      return LedgerChoice(place: .foreign(connectionString: url), source: "GUARANTEE_DATABASE_URL")
    }
    if let directory = given("GUARANTEE_DATA_DIR") {
      let place = LedgerPlace.private(dataDirectory: LedgerPlace.absolute(directory, workingDirectory))
      return LedgerChoice(place: place, source: "GUARANTEE_DATA_DIR")
    }
    let profiles = try file.read()
    if let name = profiles.default { return try choice(name, of: profiles, source: "default profile") }
    // The XDG rules say that a relative directory is to be ignored.
    if let data = given("XDG_DATA_HOME"), data.hasPrefix("/") {
      return LedgerChoice(place: .private(dataDirectory: data + "/guarantee"), source: "XDG_DATA_HOME")
    }
    if let home = given("HOME"), home.hasPrefix("/") {
      let place = LedgerPlace.private(dataDirectory: home + "/.local/share/guarantee")
      return LedgerChoice(place: place, source: "home directory")
    }
    throw Failure(.usage, "There is no home directory to keep a ledger in: say where with --data-dir.")
  }
}
