package import PostgresClient

/// Runs `body` with a connection to a new database, both gone afterwards.
package func withConnection<Value>(
  template: DatabaseTemplate? = nil, options: PostgresConnectOptions = PostgresConnectOptions(),
  _ body: (PostgresConnection) async throws -> Value
) async throws -> Value {
  try await TemporaryServer.shared.withDatabase(template: template) { connectionString in
    let connection = try await PostgresConnection.connect(to: connectionString, options)
    do {
      let value = try await body(connection)
      await connection.close()
      return value
    } catch {
      await connection.close()
      throw error
    }
  }
}
