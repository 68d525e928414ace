import PostgresClient
import PrivatePostgres

/// How PostgreSQL's own programs reach a ledger that is there, whatever schema it has.
struct LedgerConnection {
  let text: String
  let string: ConnectionString

  /// - Throws: `Failure` when there is none, or a secret of it can't be handed over.
  init(to place: LedgerPlace) async throws {
    switch place {
    case .foreign(let text): self.text = text
    case .private(let directory):
      let server = PrivateServer(dataDirectory: directory)
      guard server.status().state != .absent else {
        throw Failure(.unreachable, "There is no ledger in \(directory) to back up.")
      }
      text = try await server.start()
    }
    string = try ConnectionString(parsing: text)
    if string.holdsKeyPassword {
      throw Failure(
        .usage, "pg_dump can't be handed an sslpassword: keep it in a service file, and leave it out here.")
    }
  }
}
