import GuaranteeLedger
import PostgresClient
import PrivatePostgres

/// What a program is connected to, in the order in which it is printed.
struct StatusReport {
  struct Line: Equatable {
    let column: OutputColumn
    let value: String?
  }

  private(set) var lines: [Line] = []
  /// Why the program can't work with what is there as it is, and what to do; for people.
  let hindrance: Phrase?

  /// Looks at the ledger's place.
  ///
  /// - Parameter source: what said which ledger it is.
  /// - Throws: what opening throws, except that a database without an up-to-date ledger is reported.
  static func gather(_ place: LedgerPlace, from source: String) async throws -> StatusReport {
    var report = try await gather(place)
    report.add("chosen_by", source)
    return report
  }

  private static func gather(_ place: LedgerPlace) async throws -> StatusReport {
    switch place {
    case .foreign(let text):
      return try await connected(to: text, place, shownAs: LedgerPlace.shown(text), dataDirectory: nil)
    case .private(let directory):
      let server = PrivateServer(dataDirectory: directory)
      guard server.status().state != .absent else {
        return StatusReport(
          database: nil, dataDirectory: directory, isPrivate: true, isRunning: false, schemaVersion: nil,
          serverVersion: nil, hindrance: LedgerPlace.noLedger(in: directory).message)
      }
      let text = try await server.start()
      return try await connected(to: text, place, shownAs: text, dataDirectory: directory)
    }
  }

  private static func connected(
    to text: String, _ place: LedgerPlace, shownAs shown: String?, dataDirectory: String?
  ) async throws -> StatusReport {
    var schemaVersion: String?
    var serverVersion: String?
    var hindrance: Phrase?
    let configuration = try LedgerPlace.configuration(text)
    do {
      let ledger = try await Ledger.open(configuration)
      schemaVersion = ledger.schemaVersion
      serverVersion = ledger.location.serverVersion
      await ledger.close()
    } catch {
      guard [.notMigrated, .outdated, .newerSchema].contains(error.code) else {
        guard dataDirectory == nil else { throw error.failure }
        throw place.opening(error)
      }
      schemaVersion = error.found
      hindrance = place.opening(error).message
    }
    return StatusReport(
      database: shown, dataDirectory: dataDirectory, isPrivate: dataDirectory != nil, isRunning: true,
      schemaVersion: schemaVersion, serverVersion: serverVersion, hindrance: hindrance)
  }

  init(
    database: String?, dataDirectory: String?, isPrivate: Bool, isRunning: Bool, schemaVersion: String?,
    serverVersion: String?, hindrance: Phrase?
  ) {
    self.hindrance = hindrance
    add("database", database)
    add("data_directory", dataDirectory)
    add("server", isPrivate ? "private" : "foreign")
    add("running", isRunning ? "true" : "false", .boolean)
    add("schema_version", schemaVersion)
    add("server_version", serverVersion)
    add("program_version", ProgramVersion.current)
  }

  private mutating func add(_ name: String, _ value: String?, _ kind: OutputColumn.Kind = .text) {
    lines.append(Line(column: OutputColumn(name, kind), value: value))
  }

  /// One object.
  var json: String {
    let members = lines.map {
      JSONText.quoted($0.column.name) + ":" + JSONText.value($0.value, $0.column.kind)
    }
    return "{" + members.joined(separator: ",") + "}"
  }
}
