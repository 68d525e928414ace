/// A guarantee ledger in a PostgreSQL database.
///
/// A value of this type may be used from many tasks at once.
public struct Ledger: Sendable {
  /// Opens the ledger in the database that the connection string names.
  ///
  /// - Parameters:
  ///   - connectionString: Whatever libpq takes: `key=value` pairs, a URL, a service.
  ///   - migrating: Whether a database without ledger or with an older one is brought up first.
  /// - Throws: `unreachable`, `notMigrated`, `outdated`, `newerSchema`, `changedMigration`.
  public static func open(
    _ connectionString: String, migrating: Bool = false
  ) async throws(LedgerError) -> Ledger {
    throw LedgerError(.unreachable, "Not there yet.")
  }

  /// Brings the schema, its functions and its rules up to what this program carries.
  ///
  /// - Returns: What was done, one line each; empty when all was up to date.
  public static func migrate(_ connectionString: String) async throws(LedgerError) -> [String] { [] }

  /// The name of the latest migration.
  public var schemaVersion: String { "" }

  /// Records the events in their order, in one round trip and one commit: a result for each.
  ///
  /// A refused event changes nothing and does not keep the others from being recorded.
  public func record(_ events: [Event]) async throws(LedgerError) -> [RecordResult] { [] }

  /// Records one event; a refusal is a result as any other.
  public func record(_ event: some LedgerEvent) async throws(LedgerError) -> RecordResult {
    throw LedgerError(.unreachable, "Not there yet.")
  }

  /// Records a batch gathered from a file: as `record(_:)` for events.
  package func record(_ batch: EventBatch) async throws(LedgerError) -> [RecordResult] { [] }

  /// Runs several calls as one transaction: all of it is kept, or nothing when the body throws.
  ///
  /// - Parameter rollingBack: Whether all is taken back even when the body succeeds.
  package func atomically<Value>(
    rollingBack: Bool = false, _ body: (Ledger) async throws -> Value
  ) async throws -> Value {
    try await body(self)
  }

  /// Reads a report row by row in constant memory; `columns` is called once, before any row.
  public func report(
    _ report: Report, where filters: [ReportFilter: String] = [:],
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {}

  /// What runs out or falls due within so many days, row by row.
  public func due(
    within days: Int, office: String? = nil,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {}

  /// The history of a dispute, row by row.
  public func history(
    of dispute: String,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {}

  /// Recomputes everything from the events up and gives a row for each thing that does not fit.
  public func check(
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {}

  /// The events that record what has lapsed by now, without keys, ready to be given some and recorded.
  public func lapsed(office: String? = nil) async throws(LedgerError) -> [Event] { [] }

  /// Today in the ledger's zone.
  public func today() async throws(LedgerError) -> LedgerDate {
    throw LedgerError(.unreachable, "Not there yet.")
  }

  /// Where the ledger is.
  package func location() async throws(LedgerError) -> LedgerLocation {
    throw LedgerError(.unreachable, "Not there yet.")
  }

  public func close() async {}
}

/// Where a ledger is, for people to read.
package struct LedgerLocation: Sendable {
  package let host: String
  package let port: String
  package let database: String
  package let user: String
  package let serverVersion: String
}
