import GuaranteeLedger
import PostgresClient

/// What a connection to the server shows: the way to it, the server itself, and the ledger that it keeps.
struct ConnectionChecks {
  private(set) var findings: [Finding] = []
  /// Such as 150018; `nil` when no server answers.
  private(set) var serverVersion: Int?

  /// - Parameter isPrivate: Whether the program runs the server itself, and brings the ledger up by itself.
  static func make(of connectionString: String, isPrivate: Bool) async -> ConnectionChecks {
    var checks = ConnectionChecks()
    var options = PostgresConnectOptions()
    options.connectTimeoutSeconds = 3
    options.deadline = Examination.patience
    do {
      let connection = try await PostgresConnection.connect(to: connectionString, options)
      checks.serverVersion = connection.server.version
      do {
        let facts = try await ServerFacts.read(from: connection, deadline: Examination.patience)
        checks.findings += ServerChecks(connection.server, facts).findings
        checks.findings += await pooler(connection)
        checks.findings += await LedgerChecks.findings(over: connection, isPrivate: isPrivate)
      } catch {
        checks.findings.append(unanswered(error))
      }
      // One that says nothing would have us wait for its goodbye.
      _ = await Patiently.waiting(for: .seconds(1)) { await connection.close() }
    } catch {
      checks.findings.append(unanswered(error))
    }
    return checks
  }

  private static func unanswered(_ error: PostgresError) -> Finding {
    let advice: Phrase =
      switch error.sqlState {
      case .invalidPassword?, .invalidAuthorization?:
        "Look at the login and its password: they come from the connection string and ~/.pgpass or a service file."
      case .invalidDatabaseName?:
        "Look at the database's name, or have it made: createdb, and then 'guarantee migrate'."
      default:
        "See that the server runs, that host and port are right, and that nothing between keeps connections out."
      }
    return .problem("server", Phrase(said: LedgerError(reading: error).message), advice)
  }

  private static func pooler(_ connection: PostgresConnection) async -> [Finding] {
    guard let isPooled = try? await connection.isPooled else { return [] }
    return isPooled
      ? [
        .ok(
          "pooler",
          "A pooler stands between. Recording and reading go through it; 'follow' looks for news more often.")
      ]
      : []
  }
}
