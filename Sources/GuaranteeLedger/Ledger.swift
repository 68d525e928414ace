import Logging
import PostgresClient

/// A guarantee ledger in a PostgreSQL database.
///
/// One value is enough for a program: many tasks may use it at once, and record the faster for it.
public struct Ledger: Sendable {
  /// How the database is reached.
  enum Access: Sendable {
    /// Over the ledger's pool, in company with other tasks.
    case shared(LedgerCore)
    /// Inside `atomically`, where what fails can't be tried again by itself.
    case transaction(PostgresConnection, RefusedEvents)
  }

  let access: Access
  let server: PostgresServerInfo
  let configuration: LedgerConfiguration
  /// What readings show; `nil` for all there is.
  var lookBack: LookBack?

  /// By which functions its login reads.
  let desk: Desk

  /// The name of the latest migration that ran in the database, such as `0002-ledger`.
  public let schemaVersion: String

  /// Opens the ledger in the database that the connection string names, with the defaults of
  /// ``LedgerConfiguration``.
  ///
  /// - Parameters:
  ///   - connectionString: Whatever libpq takes: `key=value` pairs, a URL, a service.
  ///   - migrating: Whether a database without ledger, or with an older one, is brought up first.
  /// - Throws: As with a configuration.
  public static func open(
    _ connectionString: String, migrating: Bool = false
  ) async throws(LedgerError) -> Ledger {
    try await open(LedgerConfiguration(connectionString), migrating: migrating)
  }

  /// Opens the ledger.
  ///
  /// - Parameters:
  ///   - configuration: How it is reached and how much is asked of it at once.
  ///   - migrating: Whether a database without ledger, or with an older one, is brought up first.
  /// - Throws: `unreachable`, `notMigrated`, `outdated`, `newerSchema`, `changedMigration`, `notPermitted`.
  public static func open(
    _ configuration: LedgerConfiguration, migrating: Bool = false
  ) async throws(LedgerError) -> Ledger {
    var configuration = configuration
    // A migration says nothing until it is done, however long it takes.
    if migrating { configuration.silence = nil }
    return try await open(LedgerCore(configuration), migrating: migrating)
  }

  private static func open(_ core: LedgerCore, migrating: Bool) async throws(LedgerError) -> Ledger {
    do {
      let end = ContinuousClock.now + core.configuration.deadline
      while true {
        do {
          return try await opened(core, migrating: migrating)
        } catch let error as LedgerError {
          // Behind a pooler the server may have gone away or silent, and another may answer.
          let maySucceed = [.connectionLost, .deadlineExceeded].contains(error.code) && !migrating
          guard maySucceed, ContinuousClock.now < end else { throw error }
        }
      }
    } catch {
      await core.pool.close()
      // What was migrated comes as a `LedgerError` already; the pool's own failures have changed nothing.
      throw LedgerError(reading: error)
    }
  }

  private static func opened(_ core: LedgerCore, migrating: Bool) async throws -> Ledger {
    let configuration = core.configuration
    return try await core.pool.withConnection(
      deadline: configuration.openingPatience ?? configuration.deadline,
      retryingConnect: configuration.openingPatience != nil
    ) {
      let state = try await schemaState(over: $0, migrating: migrating, configuration)
      return Ledger(
        access: .shared(core), server: $0.server, configuration: configuration, desk: state.desk,
        schemaVersion: state.version ?? "")
    }
  }

  private static func schemaState(
    over connection: PostgresConnection, migrating: Bool, _ configuration: LedgerConfiguration
  ) async throws(LedgerError) -> SchemaState {
    let deadline = min(configuration.attemptTimeout, configuration.deadline)
    var state = try await SchemaState.read(from: connection, deadline: deadline)
    if try state.isBehind {
      guard migrating else { throw state.needsMigration }
      for step in try await Migrator(connection: connection).migrate() {
        configuration.logger.notice("The ledger was brought up", metadata: ["step": "\(step)"])
      }
      state = try await SchemaState.read(from: connection)
    }
    return state
  }

  /// Brings the tables, functions and rules up to what this program carries, all of it or nothing.
  ///
  /// - Parameters:
  ///   - connectionString: Whatever libpq takes.
  ///   - goingBack: Whether this program's functions and rules are put back in place of those that a newer program
  ///     has replaced them by. Nothing goes back behind a change of the tables.
  /// - Returns: What was done, one line each; empty when all was up to date.
  /// - Throws: As opening does.
  public static func migrate(
    _ connectionString: String, goingBack: Bool = false
  ) async throws(LedgerError) -> [String] {
    try await migrate(LedgerConfiguration(connectionString), goingBack: goingBack)
  }

  /// The same with a configuration.
  package static func migrate(
    _ configuration: LedgerConfiguration, goingBack: Bool = false
  ) async throws(LedgerError) -> [String] {
    var configuration = configuration
    configuration.silence = nil
    let pool = LedgerCore(configuration).pool
    do {
      let steps = try await pool.withConnection(retryingConnect: false) {
        try await Migrator(connection: $0).migrate(goingBack: goingBack)
      }
      await pool.close()
      return steps
    } catch {
      await pool.close()
      throw LedgerError(any: error)
    }
  }

  /// Runs several calls as one transaction: all of it is kept, or nothing when the body throws.
  ///
  /// It has a connection to itself; only the calls on the ledger that the body is given are part of it. Events
  /// that were refused stay known as attempts when the body throws; those of a trial run do not.
  ///
  /// - Parameter rollingBack: Whether all is taken back even when the body succeeds.
  /// - Throws: What the body throws, or `LedgerError`.
  package func atomically<Value>(
    rollingBack: Bool = false, _ body: (Ledger) async throws -> Value
  ) async throws -> Value {
    let refused = RefusedEvents()
    do {
      return try await withConnection { connection in
        let inside = Ledger(
          access: .transaction(connection, refused), server: server, configuration: configuration,
          lookBack: lookBack, desk: desk, schemaVersion: schemaVersion)
        return try await connection.transaction(
          rollingBack: rollingBack, commitDeadline: configuration.deadline
        ) {
          try await $0.limitIdleness()
          return try await body(inside)
        }
      }
    } catch {
      let failure = (error as? PostgresError).map { LedgerError($0) } ?? error as? LedgerError
      if !rollingBack, failure?.isOutcomeUnknown != true {
        do {
          try await withConnection { try await refused.report(over: $0) }
        } catch let unreported {
          // What broke the transaction is likely to be in the way of this, too, and tells more.
          throw failure ?? LedgerError(any: unreported)
        }
      }
      throw failure ?? error
    }
  }

  /// Today in the ledger's zone; of a ledger that looks back, the day that it takes for today.
  public func today() async throws(LedgerError) -> LedgerDate {
    let result = try await query(Reading("today"))
    guard let date = result.value.flatMap({ LedgerDate($0) }) else {
      throw LedgerError(.database, "The database does not know what day it is.")
    }
    return date
  }

  /// Where the ledger is.
  package var location: LedgerLocation {
    LedgerLocation(
      host: server.host, port: server.port, database: server.database, user: server.user,
      serverVersion: "\(server.version / 10_000).\(server.version % 10_000)")
  }

  /// Takes no new calls, brings to an end those that are under way, and closes the ledger. Only feeds go on, each over a
  /// connection of its own, until their tasks are cancelled. Cancelling it makes it `close()`.
  public func shutDown() async {
    guard case .shared(let core) = access else { return }
    await withTaskCancellationHandler {
      await core.recorder.drain()
    } onCancel: {
      core.recorder.close()
    }
    await core.pool.drain()
    await core.recorder.rest()
  }

  /// Closes the ledger at once: calls that are under way fail, those with events on their way with
  /// `outcomeUnknown`.
  public func close() async {
    guard case .shared(let core) = access else { return }
    core.recorder.close()
    await core.pool.close()
    await core.recorder.rest()
  }
}

/// What all copies of a ledger share.
final class LedgerCore: Sendable {
  let configuration: LedgerConfiguration
  let pool: PostgresPool
  let recorder: Recorder

  init(_ configuration: LedgerConfiguration) {
    self.configuration = configuration
    pool = PostgresPool(configuration.connectionString, configuration.poolOptions)
    recorder = Recorder(pool: pool, limits: configuration.recorderLimits, logger: configuration.logger)
  }
}

extension LedgerConfiguration {
  var recorderLimits: RecorderLimits {
    var limits = RecorderLimits()
    limits.lanes = max(1, min(recordingConnections, maximumConnections))
    limits.batchLimit = max(1, batchLimit)
    limits.queueLimit = max(1, queueLimit)
    limits.attemptTimeout = max(attemptTimeout, .milliseconds(1))
    return limits
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
