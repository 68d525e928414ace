import GuaranteeLedger
import PostgresClient
import PrivatePostgres

extension LedgerPlace {
  /// Opens the ledger; a private server is made and started, and a ledger of an older program is brought up by itself.
  ///
  /// - Parameter makingOne: Whether a server without a ledger is given one, as a new server always is. Who only looks would
  ///   else see an empty one where a restore was cut short and has to be run again.
  /// - Throws: `Failure` when nothing answers, when there is no ledger yet, or when it is not permitted.
  func open(makingOne: Bool = false) async throws -> Ledger {
    do {
      switch self {
      case .foreign(let connectionString):
        return try await Ledger.open(try Self.configuration(connectionString))
      case .private(let directory):
        let makingOne = makingOne || !isThere
        return try await Waiting.showing("Starting the ledger's own server") {
          let connectionString = try await PrivateServer(dataDirectory: directory).start()
          return try await Self.openBroughtUp(try Self.configuration(connectionString), makingOne: makingOne)
        }
      }
    } catch let error as LedgerError {
      throw opening(error)
    }
  }

  private static func openBroughtUp(
    _ configuration: LedgerConfiguration, makingOne: Bool
  ) async throws(LedgerError) -> Ledger {
    var configuration = configuration
    // No network is between that could hide its end.
    configuration.silence = nil
    do {
      return try await Ledger.open(configuration, migrating: makingOne)
    } catch {
      guard error.code == .outdated else { throw error }
      return try await Ledger.open(configuration, migrating: true)
    }
  }

  /// What is to be said where a private ledger could be, and none is.
  static func noLedger(in directory: String) -> Failure {
    Failure(
      .unreachable,
      """
      There is no ledger in \(directory) yet: the first command that records makes it, such as 'guarantee office \
      register', and 'guarantee restore' brings one back from its backup.
      """)
  }

  /// Whether opening it would not have to make it.
  var isThere: Bool {
    guard case .private(let directory) = self else { return true }
    return PrivateServer(dataDirectory: directory).status().state != .absent
  }

  /// Long files go in long batches, and whoever waits at a terminal would rather wait for a busy server than
  /// try again by hand.
  static func configuration(_ connectionString: String) throws(Failure) -> LedgerConfiguration {
    let patience = try patience()
    var configuration = LedgerConfiguration(connectionString)
    configuration.onExposed = { host in
      Program.say(
        """
        Warning: the connection to \(host) is not encrypted, so that others on the network can read and change what \
        goes over it. Add sslmode=verify-full to the connection string.
        """)
    }
    configuration.batchLimit = EventSource.batchSize
    configuration.queueLimit = 4 * EventSource.batchSize
    configuration.deadline = patience ?? .seconds(120)
    // Where one server may take the place of another, that is soon over.
    configuration.openingPatience = patience ?? (namesSeveralServers(connectionString) ? .seconds(30) : nil)
    return configuration
  }

  /// How long to wait for the database, if the person says so.
  private static func patience() throws(Failure) -> Duration? {
    guard let text = Environment["GUARANTEE_PATIENCE"], !text.isEmpty else { return nil }
    guard let seconds = Int(text), (1...86_400).contains(seconds) else {
      throw Failure(.usage, "GUARANTEE_PATIENCE says how many seconds to wait for the database, such as 30.")
    }
    return .seconds(seconds)
  }

  private static func namesSeveralServers(_ connectionString: String) -> Bool {
    (try? ConnectionString(parsing: connectionString))?.namesSeveralServers ?? false
  }

  /// Refuses text that is no connection string, and a password where other people could read it.
  ///
  /// - Parameter source: what gave the text, as `LedgerChoice.source` says it.
  func check(from source: String = "--database") throws(Failure) {
    guard case .foreign(let text) = self else { return }
    guard let parsed = try? ConnectionString(parsing: text) else {
      throw Failure(
        .usage,
        """
        The connection string in \(source) cannot be read: write it as postgresql://user@host/database or \
        as 'host=… dbname=… user=…'.
        """)
    }
    // The environment of a program is its owner's alone.
    guard parsed.holdsPassword, source != "GUARANTEE_DATABASE_URL" else { return }
    throw Failure(
      .usage,
      source == "--database"
        ? """
        A password in --database can be seen by everybody on this machine: keep it in ~/.pgpass or in a \
        service file, and leave it out here.
        """
        : """
        A password in a profile can be read by whoever comes by its file: keep it in ~/.pgpass or in a \
        service file, and leave it out there.
        """)
  }

  /// A connection string for people to look at.
  static func shown(_ connectionString: String) -> String? {
    guard let parsed = try? ConnectionString(parsing: connectionString) else { return nil }
    return parsed.holdsPassword ? parsed.withoutPasswords : connectionString
  }

  /// What is to be said of a ledger that can't be opened.
  func opening(_ error: LedgerError) -> Failure {
    switch (error.code, self) {
    case (.notMigrated, .private(let directory)): Self.noLedger(in: directory)
    case (.outdated, .private):
      Failure(
        .unreachable,
        "This ledger is an older one than this program needs: the next command that works with it brings it up."
      )
    case (.notMigrated, _):
      Failure(.unreachable, "This database holds no ledger yet: run 'guarantee migrate' to make one in it.")
    case (.outdated, _):
      Failure(
        .unreachable,
        "This database holds an older ledger than this program needs: run 'guarantee migrate' to bring it up."
      )
    case (.unreachable, _) where isOfSeveralServers:
      Failure(
        .unreachable,
        """
        No server of this ledger takes changes at the moment, and nothing was recorded. When one has failed, another \
        takes over, mostly within a minute: run the same command again then. \(Phrase(said: error.message.endingInStop))
        """
      )
    case (.unreachable, _):
      Failure(
        .unreachable,
        "\(Phrase(said: error.message.endingInStop)) Check --database or GUARANTEE_DATABASE_URL.")
    default:
      error.failure
    }
  }
}

extension LedgerPlace {
  private var isOfSeveralServers: Bool {
    guard case .foreign(let connectionString) = self else { return false }
    return Self.namesSeveralServers(connectionString)
  }
}

extension LedgerOptions {
  /// Opens the ledger that the options and the environment name.
  ///
  /// - Parameter makingOne: Whether a private server without a ledger is given one.
  func open(makingOne: Bool = false) async throws -> Ledger {
    try await checkedPlace().open(makingOne: makingOne)
  }

  /// The ledger that the options name: its name can be read and gives no secret away.
  func checkedPlace() throws(Failure) -> LedgerPlace { try checkedChoice().place }

  /// The same, with what says so.
  func checkedChoice() throws(Failure) -> LedgerChoice {
    let choice = try choice()
    try choice.place.check(from: choice.source)
    return choice
  }
}
