import PostgresClient

/// A guarantee ledger in a PostgreSQL database.
///
/// A value may be used from many tasks at once; their calls take turns.
public struct Ledger: Sendable {
  let connection: PostgresConnection
  let connectionString: String
  /// Whether this value lives inside `atomically`, where what fails can't be tried again by itself.
  let isInTransaction: Bool

  /// The name of the latest migration that ran in the database, such as `0002-ledger`.
  public let schemaVersion: String

  /// Opens the ledger in the database that the connection string names.
  ///
  /// - Parameters:
  ///   - connectionString: Whatever libpq takes: `key=value` pairs, a URL, a service.
  ///   - migrating: Whether a database without ledger, or with an older one, is brought up first.
  /// - Throws: `unreachable`, `notMigrated`, `outdated`, `newerSchema`, `changedMigration`, `notPermitted`.
  public static func open(
    _ connectionString: String, migrating: Bool = false
  ) async throws(LedgerError) -> Ledger {
    try await connected(to: connectionString) { connection throws(LedgerError) in
      var state = try await SchemaState.read(from: connection)
      if try state.isBehind {
        guard migrating else { throw state.needsMigration }
        _ = try await Migrator(connection: connection).migrate()
        state = try await SchemaState.read(from: connection)
      }
      return Ledger(
        connection: connection, connectionString: connectionString, isInTransaction: false,
        schemaVersion: state.version ?? "")
    }
  }

  /// Brings the tables, functions and rules up to what this program carries, all of it or nothing.
  ///
  /// - Returns: What was done, one line each; empty when all was up to date.
  public static func migrate(_ connectionString: String) async throws(LedgerError) -> [String] {
    try await connected(to: connectionString) { connection throws(LedgerError) in
      let steps = try await Migrator(connection: connection).migrate()
      await connection.close()
      return steps
    }
  }

  private static func connected<Value>(
    to connectionString: String, _ body: (PostgresConnection) async throws(LedgerError) -> Value
  ) async throws(LedgerError) -> Value {
    let connection: PostgresConnection
    do throws(PostgresError) {
      connection = try await PostgresConnection.connect(to: connectionString)
    } catch {
      throw LedgerError(error)
    }
    do throws(LedgerError) {
      return try await body(connection)
    } catch {
      await connection.close()
      throw error
    }
  }

  /// Runs several calls as one transaction: all of it is kept, or nothing when the body throws.
  ///
  /// Calls of other tasks on the ledger wait until it ends; those of the body and its child tasks are part of it.
  ///
  /// - Parameter rollingBack: Whether all is taken back even when the body succeeds.
  /// - Throws: What the body throws, or `LedgerError`.
  package func atomically<Value>(
    rollingBack: Bool = false, _ body: (Ledger) async throws -> Value
  ) async throws -> Value {
    let inside = Ledger(
      connection: connection, connectionString: connectionString, isInTransaction: true,
      schemaVersion: schemaVersion)
    do {
      return try await connection.transaction(rollingBack: rollingBack) { _ in try await body(inside) }
    } catch let error as PostgresError {
      throw LedgerError(error)
    }
  }

  /// Today in the ledger's zone.
  public func today() async throws(LedgerError) -> LedgerDate {
    let result = try await query("select guarantee_api.today()")
    guard let date = result.value.flatMap({ LedgerDate($0) }) else {
      throw LedgerError(.database, "The database does not know what day it is.")
    }
    return date
  }

  /// Where the ledger is.
  package var location: LedgerLocation {
    let server = connection.server
    return LedgerLocation(
      host: server.host, port: server.port, database: server.database, user: server.user,
      serverVersion: "\(server.version / 10_000).\(server.version % 10_000)")
  }

  /// Closes the ledger at once; what is in progress fails.
  public func close() async { await connection.close() }

  func query(
    _ sql: String, _ parameters: [String?] = [], prepared: Bool = false
  ) async throws(LedgerError) -> PostgresResult {
    do throws(PostgresError) {
      return try await connection.query(sql, parameters, prepared: prepared)
    } catch {
      throw LedgerError(error)
    }
  }
}

/// Where a ledger is, for people to read.
package struct LedgerLocation: Sendable, Hashable {
  /// A name, an address, or the folder of a Unix socket.
  package let host: String
  package let port: String
  package let database: String
  package let user: String
  /// Such as `15.18`.
  package let serverVersion: String
}
