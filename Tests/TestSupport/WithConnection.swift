package import PostgresClient

/// Runs `body` with a connection to a new database, both gone afterwards.
package func withConnection<Value>(
  template: DatabaseTemplate? = nil, options: PostgresConnectOptions = PostgresConnectOptions(),
  _ body: (PostgresConnection) async throws -> Value
) async throws -> Value {
  try await TemporaryServer.shared.withDatabase(template: template) { connectionString in
    try await PostgresConnection.withConnection(to: connectionString, options, body)
  }
}
